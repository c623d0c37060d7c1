import { Menu, nativeImage, Tray } from 'electron';
import type { HostAct } from '../../shared/contract/host.ts';
import { counted, hostWord, type Lang } from './words.ts';

const EXCERPT = 40;

export interface TrayState {
  lang: Lang;
  next: { dueAt: number; text: string } | null;
  paused: boolean;
  toDecide: number;
  zone: string;
}
export interface TrayView {
  show(state: TrayState): void;
  destroy(): void;
}

/** Next post, what waits for a decision, pause. Null where the system has no tray. */
export function createTray(icon: string, on: { open(): void; act(act: HostAct): void; resume(): void; quit(): void }): TrayView | null {
  let tray: Tray;
  try {
    const image = nativeImage.createFromPath(icon);
    if (image.isEmpty()) return null;
    tray = new Tray(image);
  } catch {
    return null;
  }
  tray.on('click', on.open);
  return {
    show({ lang, next, paused, toDecide, zone }) {
      const when = next && new Intl.DateTimeFormat(lang, { weekday: 'short', hour: '2-digit', minute: '2-digit', timeZone: zone }).format(next.dueAt);
      const said = next && when ? hostWord(lang, 'next', { when, text: next.text.replace(/\s+/g, ' ').slice(0, EXCERPT) }) : hostWord(lang, 'nothingNext');
      const menu = Menu.buildFromTemplate([
        { label: said, enabled: false },
        ...(paused ? [{ label: hostWord(lang, 'paused'), enabled: false }] : []),
        ...(toDecide > 0 ? [{ label: counted(lang, 'decide', toDecide), click: () => on.act('calendar') }] : []),
        { type: 'separator' },
        { label: hostWord(lang, 'open'), click: on.open },
        { label: hostWord(lang, 'newPost'), click: () => on.act('newPost') },
        paused ? { label: hostWord(lang, 'resume'), click: on.resume } : { label: hostWord(lang, 'pause'), click: () => on.act('pause') },
        { type: 'separator' },
        { label: hostWord(lang, 'quit'), click: on.quit },
      ]);
      tray.setContextMenu(menu);
      tray.setToolTip(`Parrilla · ${paused ? hostWord(lang, 'paused') : said}`);
    },
    destroy: () => tray.destroy(),
  };
}
