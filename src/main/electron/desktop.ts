import { join } from 'node:path';
import { app, type BrowserWindow, dialog } from 'electron';
import type { AppErrorData } from '../../shared/contract/errors.ts';
import { failurePage } from '../core/adapters/failurePage.ts';
import { preparePaths } from '../core/adapters/profile.ts';
import { type App, createApp, WINDOW_FIRST_MS } from '../core/app.ts';
import { lockProfile, type ProfileLock } from '../core/db/lock.ts';
import type { Log, Ports } from '../core/ports.ts';
import { toErrorData } from '../core/rpc/router.ts';
import type { SidePath } from '../core/sidepath.ts';
import type { HostArgs } from '../node/args.ts';
import { createCompanion } from './companion.ts';
import type { listenToWindow } from './ipc.ts';
import { lineTo } from './line.ts';
import { electronPorts } from './ports.ts';
import { recoverWindow } from './recovery.ts';
import { counted, hostWord } from './words.ts';

const QUIT_ASKS_MS = 12 * 3_600_000;
const STOP_MS = 25_000;
const CONSOLE: Log = { info() {}, warn() {}, error: (message, fields) => void process.stderr.write(`${message} ${JSON.stringify(fields)}\n`) };

export interface Desktop {
  window: BrowserWindow;
  requests: ReturnType<typeof listenToWindow>;
  args: HostArgs;
  profile: string;
  /** Folder of the built main process, and of pictures. */
  here: string;
  resources: string;
  /** The window has read its page. */
  shown: Promise<void>;
  /** Core stands: its side path can be asked. */
  ready(sidePath: SidePath): void;
  /** Core could not start: the window shows this page instead of its own. */
  failed(page: string): Promise<void>;
}

/** Builds core for a window that is open already, and everything around it: menu, tray, recovery, quitting. */
export async function startDesktop({ window, requests, args, profile, here, resources, shown, ready, failed }: Desktop): Promise<void> {
  const lang: 'es' | 'en' = /^es/i.test(app.getLocale()) ? 'es' : 'en';
  let ports: Ports | null = null;
  let core: App | null = null;
  let lock: ProfileLock | null = null;
  let failure: AppErrorData | null = null;
  let clicked: () => void = () => {};
  try {
    const paths = preparePaths(profile);
    const binding = process.env['PARRILLA_NATIVE_BINDING'];
    lock = lockProfile(join(profile, 'profile.lock'), { pid: process.pid, host: 'electron' }, app.isPackaged ? undefined : binding);
    ports = await electronPorts({ paths, apiOrigin: args.xApi ?? 'https://api.x.com', here, lang, clicked: () => clicked(), looking: () => !window.isDestroyed() && window.isFocused() });
    core = await createApp(ports);
    await core.start(WINDOW_FIRST_MS);
    if (args.practice) await core.addPractice();
  } catch (cause) {
    failure = toErrorData(cause, ports?.log ?? CONSOLE, 'start');
  }
  const line = core && ports && !failure ? lineTo(window, core, ports.log) : null;
  const log = ports?.log ?? CONSOLE;
  if (core && line) {
    ready(core.sidePath);
    requests.connect(line.receive, () => log.error('a frame from a stranger was refused', {}));
  }
  const speaks = (): 'es' | 'en' => core?.lang() ?? lang;
  recoverWindow(window, { log, lang: speaks, quit: () => app.quit() });
  const companion = core && line ? createCompanion(window, core, { trayIcon: join(resources, 'tray.png'), log, quit: () => app.quit() }) : null;
  clicked = () => companion?.act('activity');

  let agreed = false;
  let asking = false;
  let stopping = false;
  window.on('close', (event) => {
    const due = core?.dueWithin(QUIT_ASKS_MS) ?? 0;
    if (agreed || due === 0) return;
    event.preventDefault();
    if (asking) return;
    asking = true;
    const word = (key: 'quitBody' | 'keepOpen' | 'close'): string => hostWord(speaks(), key);
    // Not the blocking kind: posts go on going out while the question stands.
    void dialog
      .showMessageBox(window, { type: 'question', defaultId: 0, cancelId: 0, title: 'Parrilla', message: counted(speaks(), 'quitAsk', due), detail: word('quitBody'), buttons: [word('keepOpen'), word('close')] })
      .then(({ response }) => {
        asking = false;
        if (response !== 1) return;
        agreed = true;
        app.quit();
      });
  });
  // The system shuts down, or somebody ends the program by its number: nobody is there to be asked.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => { agreed = true; app.quit(); });
  app.on('second-instance', () => companion?.open());
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    if (stopping) return;
    stopping = true;
    event.preventDefault();
    const stop = async (): Promise<void> => {
      companion?.stop();
      requests.end();
      line?.end();
      await core?.stop();
      await ports?.practice.stop();
      lock?.release();
    };
    // A post that is being sent is waited for; what hangs beyond this is found again as unknown at the next start.
    const late = new Promise<void>((done) => setTimeout(done, STOP_MS));
    void Promise.race([stop().catch((cause: unknown) => ports?.log.error('stopping failed', { cause: String(cause) })), late]).finally(() => app.exit(0));
  });
  await (failure ? failed(failurePage(failure, lang)) : shown);
  process.stdout.write('Parrilla window is open\n');
}
