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
/** Time passes without an event: what was next is past, or late, after this at the latest, ms. */
const LOOK_MS = 30_000;

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
  let said = '';
  let ended = false;
  let clock: NodeJS.Timeout | undefined;
  /** `quietly`: nothing happened but time; a tray menu that is open is only drawn anew when it would say something else. */
  const refresh = async (quietly: boolean): Promise<void> => {
    const status = await call('scheduler.status', {});
    const next = status.nextDue ? await call('publications.get', { id: status.nextDue.id }) : null;
    const { zone } = await call('settings.get', {});
    if (ended) return;
    const lang = core.lang();
    const state = { lang, zone: next?.zone ?? zone, next: next?.dueAt ? { dueAt: next.dueAt, text: next.text } : null, late: status.late, paused: status.paused !== null, toDecide: status.needsDecision };
    const saying = JSON.stringify(state);
    if (!quietly || saying !== said) tray?.show(state);
    said = saying;
    clearTimeout(clock);
    clock = setTimeout(() => look(true), Math.max(QUIET_MS, Math.min(LOOK_MS, (status.nextDue?.dueAt ?? Infinity) - Date.now() + QUIET_MS)));
    // A menu that is built anew closes under the pointer: only when it differs.
    const key = `${lang} ${status.paused !== null}`;
    if (key !== drawn) Menu.setApplicationMenu(buildMenu(lang, { paused: status.paused !== null }, on));
    drawn = key;
  };
  const look = (quietly: boolean): void => {
    if (!ended) refresh(quietly).catch((cause: unknown) => options.log.warn('menu and tray could not be brought up to date', { cause: String(cause) }));
  };
  let waiting: NodeJS.Timeout | null = null;
  const soon = (): void => {
    waiting ??= setTimeout(() => {
      waiting = null;
      look(false);
    }, QUIET_MS);
  };
  const unsubscribe = core.bus.subscribe((event) => {
    if (TELLING.has(event.name)) soon();
  });
  soon();
  return {
    tray, act, open,
    stop() {
      ended = true;
      unsubscribe();
      clearTimeout(clock);
      if (waiting) clearTimeout(waiting);
      tray?.destroy();
    },
  };
}
