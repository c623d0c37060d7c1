import type { WorldPost, WorldUser } from './types.ts';

type Random = () => number;
const pick = <T>(random: Random, list: readonly T[]): T => {
  const found = list[Math.floor(random() * list.length)];
  if (found === undefined) throw new Error('an empty list');
  return found;
};

const TOPICS = {
  es: ['el IVA trimestral', 'la renta de autónomos', 'el cierre contable', 'la factura electrónica', 'las amortizaciones', 'el impuesto de sociedades', 'las nóminas', 'el modelo 347', 'los gastos deducibles', 'el plan general contable', 'las retenciones', 'la prorrata', 'los libros registro', 'el teletrabajo fuera del país'],
  en: ['quarterly VAT', 'self-employed income tax', 'year-end closing', 'e-invoicing', 'depreciation', 'corporate tax', 'payroll', 'deductible expenses', 'withholding', 'bookkeeping for co-ops', 'cross-border work', 'audit evidence'],
};
const DETAILS = {
  es: ['una hoja de cálculo y mucha paciencia', 'tres ejemplos resueltos', 'lo que cambia desde enero', 'los errores que más vemos', 'el calendario que usamos aquí', 'la letra pequeña que nadie lee', 'un caso real con cifras inventadas', 'la regla del 50 % & sus excepciones', 'plazos < 15 días', 'cuándo compensa & cuándo no'],
  en: ['a spreadsheet and much patience', 'three worked examples', 'what changes in January', 'the mistakes we see most', 'the calendar we use', 'the small print nobody reads', 'a case with made-up figures', 'the 50 % rule & its exceptions', 'deadlines < 15 days', 'when it pays & when it does not'],
};
const HOME = {
  es: ['Hoy repasamos {t}: {d}.', 'Apunte rápido sobre {t}. Lo que no falla: {d} 📌', '¿Alguien más peleando con {t}? Nosotros con {d} 😅', 'Hilo corto: {t} explicado con {d}. #contabilidad', 'Nueva guía: {t}. Dentro, {d}. https://example.org/guia/{n}', 'Lo de {t} tiene más miga de lo que parece: {d}.', 'Buenos días. Café, {t} y {d} ☕️', 'Encuesta entre colegas sobre {t}: gana {d}.'],
  en: ['Today: {t}. We bring {d}.', 'Quick note on {t}: {d} 📌', 'Anyone else wrestling with {t}? Here with {d} 😅', '{t} explained with {d}. #accounting', 'New guide on {t}: {d}. https://example.org/guide/{n}', 'There is more to {t} than it seems: {d}.'],
};
const MENTIONS = {
  es: ['@CuentaClara ¿tenéis algo sobre {t}? Busco {d}.', '@CuentaClara no me deja entrar en la suscripción desde ayer, pedido {n}. ¿Quién me ayuda?', '@CuentaClara gracias por lo de {t}, me ha salvado el trimestre 🙌', '@CuentaClara en el artículo de {t} hay una errata en {d}.', 'Leyendo a @CuentaClara sobre {t}: {d}. Recomendado.', '@CuentaClara llevo dos días sin respuesta a mi correo {n}. Muy mal.', '@CuentaClara ¿el libro de {t} está en papel?', '@CuentaClara ¿cuándo es el próximo curso de {t}?'],
  en: ['@CuentaClara do you have anything on {t}? Looking for {d}.', '@CuentaClara I cannot log in since yesterday, order {n}. Who can help?', '@CuentaClara thanks for the piece on {t}, it saved my quarter 🙌', '@CuentaClara is the book on {t} out in print?'],
};
const SPOKEN = {
  es: ['Cuenta Clara ha sacado algo de {t} y no está mal: {d}.', '¿Sabéis si lo de Cuenta Clara sobre {t} es gratis?', 'Me he suscrito a cuenta clara por {t}. Ya os contaré.'],
  en: ['Cuenta Clara published something on {t}, not bad at all: {d}.', 'Is the Cuenta Clara piece on {t} free?'],
};
const OWN = {
  free: ['Artículo abierto: {t}, con {d}. https://cuentaclara.example.com/articulos/{n}', 'Reseña de la semana: {t}. Incluye {d}. https://cuentaclara.example.com/articulos/{n}'],
  premium: ['Para suscriptores: {t} a fondo, {d}. https://cuentaclara.example.com/premium/{n}'],
  status: ['Estamos en directo en la sala de consultas hablando de {t}. Pasad sin llamar 👋'],
};

/** Every text is told once: the number makes each new. */
function tell(random: Random, template: string, lang: 'es' | 'en', n: number): string {
  return template.replace('{t}', pick(random, TOPICS[lang])).replace('{d}', pick(random, DETAILS[lang])).replace('{n}', String(n)).replaceAll(' de el ', ' del ').replaceAll(' a el ', ' al ');
}

export interface Said {
  author: WorldUser;
  post: Omit<WorldPost, 'id' | 'authorId' | 'createdAt'>;
}

/** The next thing somebody says. One in five speaks to the brand, one in twelve of it. */
export function nextSaid(random: Random, users: readonly WorldUser[], recent: readonly WorldPost[], n: number, now: number): Said {
  const others = users.filter((user) => user.role === 'other');
  const author = pick(random, others);
  const { lang } = author;
  const roll = random();
  const brand = users[0];
  if (roll < 0.2) return { author, post: { text: `${tell(random, pick(random, MENTIONS[lang]), lang, n)}${n % 3 === 0 ? ` (${n})` : ''}`, lang } };
  if (roll < 0.28) return { author, post: { text: tell(random, pick(random, SPOKEN[lang]), lang, n), lang } };
  const base = tell(random, pick(random, HOME[lang]), lang, n);
  const earlier = recent.length === 0 ? null : pick(random, recent);
  if (roll < 0.34 && earlier && earlier.authorId !== author.id && !earlier.repostOfId) return { author, post: { text: '', lang: earlier.lang, repostOfId: earlier.id } };
  if (roll < 0.4 && earlier && !earlier.repostOfId) return { author, post: { text: lang === 'es' ? `Esto sobre ${pick(random, TOPICS.es)} 👇 (${n})` : `This, on ${pick(random, TOPICS.en)} 👇 (${n})`, lang, quotedId: earlier.id } };
  if (roll < 0.48 && earlier && !earlier.repostOfId && earlier.authorId !== brand?.id) {
    const to = users.find((user) => user.id === earlier.authorId);
    return { author, post: { text: `@${to?.username ?? ''} ${lang === 'es' ? 'de acuerdo, sobre todo con' : 'agreed, above all with'} ${pick(random, DETAILS[lang])} (${n})`, lang, replyToId: earlier.id } };
  }
  if (roll < 0.58) return { author, post: { text: base, lang, media: [{ key: `3_${n}`, source: { drawn: n }, alt: lang === 'es' ? `Gráfico de barras ficticio número ${n}` : `Fictional bar chart number ${n}`, width: 480, height: 270 }] } };
  if (roll < 0.63) return { author, post: { text: lang === 'es' ? `¿Qué os cuesta más de ${pick(random, TOPICS.es)}? (${n})` : `What is hardest in ${pick(random, TOPICS.en)}? (${n})`, lang, poll: { options: lang === 'es' ? ['Los plazos', 'Las cuentas', 'La web'] : ['Deadlines', 'Sums', 'The website'], endsAt: now + 86_400_000 } } };
  if (roll < 0.66) return { author, post: { text: `ملاحظة عن ${n}: الفواتير & الضرائب 📄`, lang: 'ar' } };
  return { author, post: { text: `${base}${random() < 0.5 ? ` (${n})` : ` ${n}/${n + 3}`}`, lang } };
}

/** An own post of the brand for its history, in the 10:4:1 mix. */
export function ownSaid(random: Random, index: number): { text: string; tier: 'free' | 'premium' | 'status' } {
  const place = index % 15;
  const tier = place === 7 ? 'status' : place % 4 === 3 ? 'premium' : 'free';
  return { text: tell(random, pick(random, OWN[tier]), 'es', 1000 + index), tier };
}
