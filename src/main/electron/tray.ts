import { Menu, nativeImage, Tray } from 'electron';
import type { HostAct } from '../../shared/contract/host.ts';
import { planWords } from './trayWords.ts';
import { counted, hostWord, type Lang } from './words.ts';

export interface TrayState {
  lang: Lang;
  /** What goes out next, still to come. */
  next: { dueAt: number; text: string } | null;
  /** Past their time and waiting to go out. */
  late: number;
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
    show(state) {
      const { lang, paused, toDecide } = state;
      const said = planWords(state);
      const menu = Menu.buildFromTemplate([
        ...said.map((label) => ({ label, enabled: false })),
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
      tray.setToolTip(`Parrilla · ${paused ? hostWord(lang, 'paused') : said.join(' · ')}`);
    },
    destroy: () => tray.destroy(),
  };
}
