import type { AppErrorData } from '../../../shared/contract/errors.ts';

const WORDS: Record<'es' | 'en', Record<string, { title: string; body: string; next: string }>> = {
  es: {
    profile_locked: { title: 'Parrilla ya está abierta', body: 'Otro proceso ({pid}) usa este perfil. No se ha tocado nada.', next: 'Usa la ventana que ya está abierta, o ciérrala y vuelve a abrir Parrilla.' },
    profile_unwritable: { title: 'No se puede escribir en la carpeta del perfil', body: '{path} ({detail}). No se ha cambiado nada.', next: 'Da permiso de escritura, haz sitio en el disco o aparta lo que ocupe ese nombre; o elige otra carpeta con --profile CARPETA.' },
    database_newer: { title: 'Este perfil es de una versión más nueva', body: 'La base de datos es de la versión {found}; este programa conoce hasta la {known}. No se ha tocado.', next: 'Abre el perfil con la versión nueva de Parrilla, o usa otro con --profile CARPETA.' },
    database_corrupt: { title: 'La base de datos está dañada', body: '{path} no se puede leer. El fichero sigue como estaba.', next: 'Copia la carpeta del perfil a un lugar seguro, aparta ese fichero y vuelve a abrir Parrilla: empieza con la copia más reciente que haya (backup-v….db), en pausa.' },
    internal: { title: 'Parrilla no ha podido arrancar', body: 'Un error inesperado. Tus datos siguen en la carpeta del perfil.', next: 'Mira parrilla.log en la carpeta del perfil y vuelve a intentarlo.' },
  },
  en: {
    profile_locked: { title: 'Parrilla is already open', body: 'Another process ({pid}) uses this profile. Nothing was touched.', next: 'Use the window that is already open, or close it and start Parrilla again.' },
    profile_unwritable: { title: 'The profile folder cannot be written', body: '{path} ({detail}). Nothing was changed.', next: 'Allow writing there, make room on the disk, or move away what has that name; or choose another folder with --profile DIR.' },
    database_newer: { title: 'This profile belongs to a newer version', body: 'The database is of version {found}; this program knows up to {known}. It was not touched.', next: 'Open the profile with the newer Parrilla, or use another with --profile DIR.' },
    database_corrupt: { title: 'The database is damaged', body: '{path} cannot be read. The file is as it was.', next: 'Copy the profile folder somewhere safe, move that file away and start Parrilla again: it begins with the newest backup there is (backup-v….db), paused.' },
    internal: { title: 'Parrilla could not start', body: 'An unexpected error. Your data is still in the profile folder.', next: 'Look at parrilla.log in the profile folder and try again.' },
  },
};

const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

/** What could not be started, what was kept and what to do next, as words. */
export function failureWords(error: AppErrorData, lang: 'es' | 'en'): { title: string; body: string; next: string } {
  const words = WORDS[lang][error.code] ?? WORDS[lang]['internal'] ?? { title: error.code, body: '', next: '' };
  const fill = (text: string): string => text.replace(/\{(\w+)\}/g, (_, name: string) => String(error.params[name] ?? '?'));
  return { title: fill(words.title), body: fill(words.body), next: fill(words.next) };
}

/** The same as a page of its own: no script, everything escaped. */
export function failurePage(error: AppErrorData, lang: 'es' | 'en'): string {
  const { title, body, next } = failureWords(error, lang);
  return messagePage(lang, title, [body, next]);
}

/** A plain page with a title and paragraphs, in the host's own look. */
export function messagePage(lang: 'es' | 'en', title: string, paragraphs: string[]): string {
  return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title><style>
:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;display:grid;place-items:center;min-height:90vh;margin:0}main{max-width:34rem;padding:2rem;border:1px solid #8886;border-radius:6px}h1{font-size:1.25rem;margin:0 0 .75rem}p{margin:.5rem 0;overflow-wrap:anywhere}</style></head><body><main role="alert"><h1>${escape(title)}</h1>${paragraphs.map((p) => `<p>${escape(p)}</p>`).join('')}</main></body></html>`;
}
