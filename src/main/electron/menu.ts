import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { HostAct } from '../../shared/contract/host.ts';
import { resources } from '../../shared/i18n/index.ts';
import { hostWord, type Lang } from './words.ts';

const PLACES = ['deck', 'calendar', 'library', 'inbox', 'activity', 'settings'] as const;

/** The application menu in the app's language. Keys that the window itself answers are shown in its sheet, not taken from it here. */
export function buildMenu(lang: Lang, state: { paused: boolean }, on: { act(act: HostAct): void; resume(): void; reload(): void; quit(): void }): Menu {
  const word = (key: Parameters<typeof hostWord>[1]): string => hostWord(lang, key);
  const shell = resources[lang].translation.shell;
  const act = (id: HostAct, label: string, accelerator?: string): MenuItemConstructorOptions => ({ id, label, click: () => on.act(id), ...(accelerator ? { accelerator } : {}) });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const pause: MenuItemConstructorOptions = state.paused ? { id: 'resume', label: word('resume'), click: on.resume } : act('pause', word('pause'));
  return Menu.buildFromTemplate([
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' as const }] : []),
    { label: word('file'), submenu: [act('newPost', word('newPost'), 'CmdOrCtrl+N'), act('paste', word('import')), separator, pause, separator, { id: 'quit', label: word('quit'), accelerator: 'CmdOrCtrl+Q', click: on.quit }] },
    {
      label: word('edit'),
      // No accelerators of our own: in a text they are Chromium's, elsewhere Ctrl Z takes back the last act.
      submenu: [
        { role: 'undo', label: word('undoText'), registerAccelerator: false }, { role: 'redo', label: word('redoText'), registerAccelerator: false }, separator,
        { role: 'cut', label: word('cut') }, { role: 'copy', label: word('copy') }, { role: 'paste', label: word('paste') }, { role: 'selectAll', label: word('selectAll') },
      ],
    },
    { label: word('go'), submenu: [...PLACES.map((place) => act(place, shell[place])), separator, act('palette', word('palette'))] },
    {
      label: word('view'),
      submenu: [
        { role: 'resetZoom', label: word('zoomReset') }, { role: 'zoomIn', label: word('zoomIn') }, { role: 'zoomOut', label: word('zoomOut') }, { role: 'togglefullscreen', label: word('fullscreen') },
        separator, { id: 'reload', label: word('reload'), click: on.reload },
      ],
    },
    { label: word('help'), submenu: [act('keys', word('keys'))] },
  ]);
}
