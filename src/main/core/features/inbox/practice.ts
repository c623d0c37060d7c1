import type { InboxKept } from './keptRepository.ts';

/** What the practice account begins with, so that a first case can be answered and sent on at once; fictional like its network. */
export function seedPractice(kept: InboxKept, accountId: string, now: number): void {
  if (kept.routes(accountId).length > 0 || kept.replies(accountId).length > 0) return;
  kept.putRoute(accountId, {
    name: 'Consultorio en directo', url: 'https://cuentaclara.example.com/consultorio', phone: '', hours: 'martes, 10 a 12 h',
    replies: {
      es: 'Hola, {name|qué tal}. Esa duda da para una respuesta con calma: la tratamos en el consultorio en directo ({hours}). Deja aquí la pregunta: {url}',
      en: 'Hi {name|there}. That one deserves a proper answer: we take it up in the live consulting hour (Tuesdays, 10 to 12 CET). Leave your question here: {url}',
    },
  }, now);
  kept.putRoute(accountId, {
    name: 'Soporte', url: 'https://cuentaclara.example.com/soporte', phone: '900 000 123', hours: 'hasta las 19 h',
    replies: {
      es: 'Sentimos el problema, {name|de verdad}. Para resolverlo hoy mismo, llama al {phone} ({hours}) o escribe en {url} con tu número de pedido.',
      en: 'Sorry about that, {name|really}. To sort it out today, call {phone} (until 7 pm CET) or write at {url} with your order number.',
    },
  }, now + 1);
  const reply = (title: string, lang: 'es' | 'en', text: string): void => void kept.putReply(accountId, { title, lang, text }, now);
  reply('Descarga: error', 'es', 'Sentimos el fallo, {name|de verdad}. Ya está corregido; si te vuelve a salir, dinos aquí el número de pedido y lo miramos enseguida.');
  reply('Descarga: dónde está', 'es', 'Hola, {name|qué tal}. La descarga está en tu cuenta, en «Mis compras». Si no aparece en diez minutos, dinos y lo miramos.');
  reply('Gracias', 'es', '¡Gracias, {name|de verdad}! Nos alegra que te sirva.');
  reply('Download: where is it', 'en', 'Hi {name|there}. Your download is in your account, under “My purchases”. If it is not there in ten minutes, tell us and we will look.');
  reply('Thanks', 'en', 'Thank you, {name|truly}! Glad it helps.');
}
