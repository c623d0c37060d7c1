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
import { parseHostArgs, USAGE } from '../node/args.ts';
import { connectWindow } from './ipc.ts';
import { electronPorts } from './ports.ts';
import { ORIGIN, registerScheme, serveApp } from './protocol.ts';
import { createWindow } from './window.ts';

const QUIT_ASKS_MS = 12 * 3_600_000;
const STOP_MS = 25_000;
const here = dirname(fileURLToPath(import.meta.url));

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

function minimalMenu(): Menu {
  return Menu.buildFromTemplate([
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' as const }] : [{ label: 'Parrilla', submenu: [{ role: 'quit' as const }] }]),
    { role: 'editMenu' },
    { label: 'View', submenu: [{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }, { role: 'togglefullscreen' }] },
  ]);
}

async function run(): Promise<void> {
  const args = parseHostArgs(ownFlags(process.argv.slice(1)));
  if (args.help) {
    process.stdout.write(`${USAGE}\n`);
    app.quit();
    return;
  }
  await app.whenReady();
  const lang: 'es' | 'en' = /^es/i.test(app.getLocale()) ? 'es' : 'en';
  const profile = resolve(args.profile ?? defaultProfile(process.platform, process.env));
  let ports: Ports | null = null;
  let core: App | null = null;
  let lock: ProfileLock | null = null;
  let failed: AppErrorData | null = null;
  try {
    const paths = preparePaths(profile);
    const binding = process.env['PARRILLA_NATIVE_BINDING'];
    lock = lockProfile(join(profile, 'profile.lock'), { pid: process.pid, host: 'electron' }, app.isPackaged ? undefined : binding);
    ports = await electronPorts({ paths, apiOrigin: args.xApi ?? 'https://api.x.com', here, lang });
    core = await createApp(ports);
    await core.start();
    if (args.practice) await core.addPractice();
  } catch (cause) {
    const log = ports?.log ?? { info() {}, warn() {}, error: (message: string, fields?: unknown) => void process.stderr.write(`${message} ${JSON.stringify(fields)}\n`) };
    failed = toErrorData(cause instanceof AppError ? cause : cause, log, 'start');
  }
  const words = failed ? failurePage(failed, lang) : null;
  serveApp(resolve(here, '..', 'renderer'), () => core?.sidePath ?? null, () => words);
  Menu.setApplicationMenu(minimalMenu());
  const window = createWindow({ profile, preload: resolve(here, '..', 'preload', 'index.cjs'), loopback: args.xApi });
  const disconnect = core && ports ? connectWindow(window, core, ports.log) : () => {};
  await window.loadURL(`${ORIGIN}/`);
  process.stdout.write('Parrilla window is open\n');

  let agreed = false;
  let stopping = false;
  window.on('close', (event) => {
    const due = core?.dueWithin(QUIT_ASKS_MS) ?? 0;
    if (agreed || due === 0 || !core) return;
    event.preventDefault();
    const es = core.lang() === 'es';
    const answer = dialog.showMessageBoxSync(window, {
      type: 'question', defaultId: 0, cancelId: 0, title: 'Parrilla',
      message: es ? `Entradas para las próximas 12 horas: ${due}` : `Posts due in the next 12 hours: ${due}`,
      detail: es ? 'Con Parrilla cerrada no salen. Al volver a abrirla decidirás qué hacer con ellas.' : 'With Parrilla closed they do not go out. When you open it again you decide what to do with them.',
      buttons: es ? ['Seguir abierta', 'Cerrar'] : ['Keep open', 'Quit'],
    });
    if (answer === 1) {
      agreed = true;
      window.close();
    }
  });
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    if (stopping) return;
    stopping = true;
    event.preventDefault();
    const stop = async (): Promise<void> => {
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

registerScheme();
// A profile of its own makes a second program lawful; the profile's lock is what guards the data.
if (!process.argv.some((word) => word.startsWith('--profile')) && !app.requestSingleInstanceLock()) app.quit();
else {
  run().catch((cause: unknown) => {
    dialog.showErrorBox('Parrilla', cause instanceof Error ? cause.message : String(cause));
    app.exit(1);
  });
}
