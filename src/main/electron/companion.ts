import { randomUUID } from 'node:crypto';
import { type BrowserWindow, Menu } from 'electron';
import type { HostAct } from '../../shared/contract/host.ts';
import { type InputOf, type MethodName, methods, type OutputOf } from '../../shared/contract/index.ts';
import type { App } from '../core/app.ts';
import type { Log } from '../core/ports.ts';
import { buildMenu } from './menu.ts';
import { createTray, type TrayView } from './tray.ts';

/** Events after which menu or tray may say something else. */
const TELLING = new Set(['scheduler.changed', 'plan.changed', 'publication.changed', 'publication.deleted', 'settings.changed', 'accounts.changed']);
const QUIET_MS = 250;

export interface Companion {
  tray: TrayView | null;
  /** Brings the window forward and asks it to do something. */
  act(act: HostAct): void;
  open(): void;
  stop(): void;
}

/** Menu and tray: built from what core says, in the language of the moment. */
export function createCompanion(window: BrowserWindow, core: App, options: { trayIcon: string; log: Log; quit(): void }): Companion {
  const open = (): void => {
    if (window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  };
  const act = (chosen: HostAct): void => {
    open();
    core.bus.emit('host.chose', { act: chosen });
  };
  const call = <M extends MethodName>(method: M, input: InputOf<M>): Promise<OutputOf<M>> =>
    core.router.call(method, input, methods[method].kind === 'command' ? { commandId: randomUUID() } : {}) as Promise<OutputOf<M>>;
  const resume = (): void => {
    call('scheduler.resume', {}).catch((cause: unknown) => options.log.error('sending could not be resumed', { cause: String(cause) }));
  };
  const on = { act, open, resume, quit: options.quit, reload: () => window.webContents.reload() };
  const tray = createTray(options.trayIcon, on);
  let drawn = '';
  const refresh = async (): Promise<void> => {
    const status = await call('scheduler.status', {});
    const next = status.nextDue ? await call('publications.get', { id: status.nextDue.id }) : null;
    const { zone } = await call('settings.get', {});
    const lang = core.lang();
    tray?.show({ lang, zone: next?.zone ?? zone, next: next?.dueAt ? { dueAt: next.dueAt, text: next.text } : null, paused: status.paused !== null, toDecide: status.needsDecision });
    // A menu that is built anew closes under the pointer: only when it differs.
    const key = `${lang} ${status.paused !== null}`;
    if (key !== drawn) Menu.setApplicationMenu(buildMenu(lang, { paused: status.paused !== null }, on));
    drawn = key;
  };
  let waiting: NodeJS.Timeout | null = null;
  const soon = (): void => {
    waiting ??= setTimeout(() => {
      waiting = null;
      refresh().catch((cause: unknown) => options.log.warn('menu and tray could not be brought up to date', { cause: String(cause) }));
    }, QUIET_MS);
  };
  const unsubscribe = core.bus.subscribe((event) => {
    if (TELLING.has(event.name)) soon();
  });
  soon();
  return {
    tray, act, open,
    stop() {
      unsubscribe();
      if (waiting) clearTimeout(waiting);
      tray?.destroy();
    },
  };
}
