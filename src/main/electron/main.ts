import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, dialog, Menu } from 'electron';
import { AppError, type AppErrorData } from '../../shared/contract/errors.ts';
import { failurePage } from '../core/adapters/failurePage.ts';
import { defaultProfile, preparePaths } from '../core/adapters/profile.ts';
import { type App, createApp } from '../core/app.ts';
import { lockProfile, type ProfileLock } from '../core/db/lock.ts';
import type { Ports } from '../core/ports.ts';
import { toErrorData } from '../core/rpc/router.ts';
import { type HostArgs, parseHostArgs, USAGE } from '../node/args.ts';
import { createCompanion } from './companion.ts';
import { connectWindow } from './ipc.ts';
import { electronPorts } from './ports.ts';
import { ORIGIN, registerScheme, serveApp } from './protocol.ts';
import { recoverWindow } from './recovery.ts';
import { createWindow } from './window.ts';
import { counted, hostWord } from './words.ts';

const QUIT_ASKS_MS = 12 * 3_600_000;
const STOP_MS = 25_000;
const here = dirname(fileURLToPath(import.meta.url));
const resources = resolve(here, '..', '..', 'resources');

/** Our own flags: what Electron and Chromium take for themselves, and the app's folder, are left out. */
function ownFlags(argv: string[]): string[] {
  const withValue = new Set(['--profile', '--x-api']);
  const found: string[] = [];
  for (let i = 0; i < argv.length; i += 1) {
    const word = argv[i] ?? '';
    const name = word.split('=')[0] ?? '';
    if (withValue.has(name)) {
      found.push(word);
      if (!word.includes('=') && argv[i + 1] !== undefined) found.push(argv[(i += 1)] ?? '');
    } else if (name === '--practice' || name === '--help') found.push(word);
  }
  return found;
}

async function run(args: HostArgs, profile: string): Promise<void> {
  if (args.help) {
    process.stdout.write(`${USAGE}\n`);
    app.quit();
    return;
  }
  await app.whenReady();
  const lang: 'es' | 'en' = /^es/i.test(app.getLocale()) ? 'es' : 'en';
  let ports: Ports | null = null;
  let core: App | null = null;
  let lock: ProfileLock | null = null;
  let failed: AppErrorData | null = null;
  let clicked: () => void = () => {};
  try {
    const paths = preparePaths(profile);
    const binding = process.env['PARRILLA_NATIVE_BINDING'];
    lock = lockProfile(join(profile, 'profile.lock'), { pid: process.pid, host: 'electron' }, app.isPackaged ? undefined : binding);
    ports = await electronPorts({ paths, apiOrigin: args.xApi ?? 'https://api.x.com', here, lang, clicked: () => clicked() });
    core = await createApp(ports);
    await core.start();
    if (args.practice) await core.addPractice();
  } catch (cause) {
    const log = ports?.log ?? { info() {}, warn() {}, error: (message: string, fields?: unknown) => void process.stderr.write(`${message} ${JSON.stringify(fields)}\n`) };
    failed = toErrorData(cause instanceof AppError ? cause : cause, log, 'start');
  }
  const words = failed ? failurePage(failed, lang) : null;
  serveApp(resolve(here, '..', 'renderer'), () => core?.sidePath ?? null, () => words);
  // Until core says more, and where it could not start.
  Menu.setApplicationMenu(process.platform === 'darwin' ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }]) : null);
  const window = createWindow({ profile, preload: resolve(here, '..', 'preload', 'index.cjs'), loopback: args.xApi, icon: join(resources, 'icon.png') });
  const disconnect = core && ports ? connectWindow(window, core, ports.log) : () => {};
  const speaks = (): 'es' | 'en' => core?.lang() ?? lang;
  if (ports) recoverWindow(window, { log: ports.log, lang: speaks, quit: () => app.quit() });
  const companion = core && ports ? createCompanion(window, core, { trayIcon: join(resources, 'tray.png'), log: ports.log, quit: () => app.quit() }) : null;
  clicked = () => companion?.act('activity');
  await window.loadURL(`${ORIGIN}/`);
  process.stdout.write('Parrilla window is open\n');

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
  app.on('second-instance', () => companion?.open());
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    if (stopping) return;
    stopping = true;
    event.preventDefault();
    const stop = async (): Promise<void> => {
      companion?.stop();
      disconnect();
      await core?.stop();
      await ports?.practice.stop();
      lock?.release();
    };
    // A post that is being sent is waited for; what hangs beyond this is found again as unknown at the next start.
    const late = new Promise<void>((done) => setTimeout(done, STOP_MS));
    void Promise.race([stop().catch((cause: unknown) => ports?.log.error('stopping failed', { cause: String(cause) })), late]).finally(() => app.exit(0));
  });
}

async function begin(): Promise<void> {
  const args = parseHostArgs(ownFlags(process.argv.slice(1)));
  const profile = resolve(args.profile ?? defaultProfile(process.platform, process.env));
  try {
    // What Chromium keeps lies beside the rest of the profile, and with it the lock of its one program.
    const kept = join(profile, 'window');
    mkdirSync(kept, { recursive: true });
    app.setPath('userData', kept);
  } catch {
    // A folder that cannot be written is said on the page.
  }
  if (args.help || app.requestSingleInstanceLock()) return run(args, profile);
  process.stdout.write('Parrilla is open already; its window was brought forward.\n');
  app.exit(0);
}

registerScheme();
begin().catch((cause: unknown) => {
  dialog.showErrorBox('Parrilla', cause instanceof Error ? cause.message : String(cause));
  app.exit(1);
});
