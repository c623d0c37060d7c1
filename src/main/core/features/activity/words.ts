type Params = Record<string, string | number | boolean>;

/** Words of the system's notifications; the window words its own from the locale files. */
const WORDS: Record<'es' | 'en', Record<string, { title: string; body: string }>> = {
  es: {
    posted: { title: 'Publicada', body: '@{username}: {text}' },
    posted_late: { title: 'Publicada con retraso', body: '@{username}: {text}' },
    missed: { title: 'Entrada perdida', body: 'No salió a su hora: {text}. Decide qué hacer en Pendientes.' },
    failed: { title: 'No se ha publicado', body: '{text}. El texto está guardado; mira el motivo en Actividad.' },
    held: { title: 'Entrada retenida', body: '{text}. Mira el motivo y los arreglos en la Parrilla.' },
    needs_review: { title: 'Entrada por revisar', body: 'No se sabe si salió: {text}. Compruébalo en X y dilo en Pendientes.' },
    handoff: { title: 'Te toca publicar a mano', body: '{text}. Ábrela en X desde Pendientes.' },
    reauth_needed: { title: 'Vuelve a conectar @{username}', body: 'X ya no acepta sus claves. Nada se ha perdido.' },
    budget_stopped: { title: 'Publicación detenida', body: 'X dice que se ha agotado el crédito o el límite de gasto.' },
    plan_broken: { title: 'La proporción de hoy no se cumple', body: '@{username}: faltan entradas para lo que hay programado. Mira cómo repararlo en la Parrilla.' },
    case_overdue: { title: 'Respuesta vencida', body: '@{person} espera: {text}' },
    cases_overdue: { title: 'Respuestas vencidas: {count}', body: '@{username}: esperan en la Bandeja, en Por atender.' },
    quiet_over: { title: 'Mientras no avisaba: {count}', body: '{what}' },
    test: { title: 'Aviso de prueba', body: 'Así se ven los avisos de Parrilla.' },
    clock_jump: { title: 'El reloj ha cambiado', body: '{count} entradas esperan tu decisión en Pendientes.' },
  },
  en: {
    posted: { title: 'Posted', body: '@{username}: {text}' },
    posted_late: { title: 'Posted late', body: '@{username}: {text}' },
    missed: { title: 'Post missed', body: 'It did not go out at its time: {text}. Decide in the tray.' },
    failed: { title: 'Not posted', body: '{text}. The text is kept; see the reason in Activity.' },
    held: { title: 'Post held', body: '{text}. See the reason and the fixes in the Calendar.' },
    needs_review: { title: 'Post to review', body: 'It is not known whether it went out: {text}. Look on X and say so in the tray.' },
    handoff: { title: 'Your turn to post by hand', body: '{text}. Open it on X from the tray.' },
    reauth_needed: { title: 'Connect @{username} again', body: 'X no longer takes its keys. Nothing was lost.' },
    budget_stopped: { title: 'Posting stopped', body: 'X says that the credit or spending limit is used up.' },
    plan_broken: { title: 'Today breaks the ratio', body: '@{username}: posts are missing for what is scheduled. See how to repair it in the Calendar.' },
    case_overdue: { title: 'Answer overdue', body: '@{person} is waiting: {text}' },
    cases_overdue: { title: '{count} answers overdue', body: '@{username}: they wait in the Inbox, under To attend.' },
    quiet_over: { title: 'While it was quiet: {count}', body: '{what}' },
    test: { title: 'A trial notice', body: 'This is what notices of Parrilla look like.' },
    clock_jump: { title: 'The clock has changed', body: '{count} posts wait for your decision in the tray.' },
  },
};

/** Null for what is not worth a notification. */
export function noticeWords(lang: 'es' | 'en', code: string, params: Params): { title: string; body: string } | null {
  const words = WORDS[lang][code];
  if (!words) return null;
  const fill = (text: string): string => text.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''));
  return { title: fill(words.title), body: fill(words.body) };
}
