import { resources, type Words } from '../../shared/i18n/index.ts';

export type Lang = 'es' | 'en';
/** Words of menus, tray and the host's own questions; `count` chooses the plural. */
export function hostWord(lang: Lang, key: keyof Words['host'], values: Record<string, string | number> = {}): string {
  return resources[lang].translation.host[key].replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
}
export function counted(lang: Lang, key: 'decide' | 'quitAsk' | 'late', count: number): string {
  return hostWord(lang, `${key}_${count === 1 ? 'one' : 'other'}`, { count });
}
