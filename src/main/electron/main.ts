import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, dialog, Menu } from 'electron';
import type { SidePath } from '../core/sidepath.ts';
import type { FirstSight } from '../../shared/contract/firstSight.ts';
import { makeFolder } from '../core/adapters/folder.ts';
import { defaultProfile } from '../core/adapters/profileFolder.ts';
import { readFirstSight } from '../core/features/columns/firstSight.ts';
import { type HostArgs, parseHostArgs, USAGE } from '../node/args.ts';
import { listenToWindow } from './ipc.ts';
import { ORIGIN, registerScheme, serveApp } from './protocol.ts';
import { createWindow } from './window.ts';

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

function readStored(profile: string): Promise<FirstSight | null> {
  const binding = app.isPackaged ? undefined : process.env['PARRILLA_NATIVE_BINDING'];
  return readFirstSight(join(profile, 'parrilla.db'), Date.now(), Intl.DateTimeFormat().resolvedOptions().timeZone, binding);
}

/**
 * The window first: it takes its time to read its own script, and core is read and built meanwhile in this process. What the
 * window asks waits until core answers; a core that could not start says so on the page instead.
 */
async function run(args: HostArgs, profile: string): Promise<void> {
  if (args.help) {
    process.stdout.write(`${USAGE}\n`);
    app.quit();
    return;
  }
  await app.whenReady();
  let sidePath: SidePath | null = null;
  let failure: string | null = null;
  let saw: (sight: FirstSight | null) => void = () => {};
  const served = serveApp(resolve(here, '..', 'renderer'), () => sidePath, () => failure, new Promise<FirstSight | null>((found) => { saw = found; }));
  // Until core says more, and where it could not start.
  Menu.setApplicationMenu(process.platform === 'darwin' ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }]) : null);
  const window = createWindow({ profile, preload: resolve(here, '..', 'preload', 'index.cjs'), loopback: args.xApi, icon: join(resources, 'icon.png') });
  const requests = listenToWindow(window);
  const shown = window.loadURL(`${ORIGIN}/`).catch(() => {});
  // While the window's own process starts: what it shows first is read here from what is stored, at one go. In steps each would
  // wait behind the window's own work, and the page behind them all.
  saw(await readStored(profile).catch(() => null));
  await served;
  const { startDesktop } = await import('./desktop.ts');
  await startDesktop({
    window, requests, args, profile, here, resources, shown,
    ready: (path) => { sidePath = path; },
    async failed(page) {
      failure = page;
      // Not into the middle of the first load: the same address asked for twice at once left the first page standing.
      await shown;
      await window.loadURL(`${ORIGIN}/`);
    },
  });
}

async function begin(): Promise<void> {
  const args = parseHostArgs(ownFlags(process.argv.slice(1)));
  const profile = resolve(args.profile ?? defaultProfile(process.platform, process.env));
  try {
    // What Chromium keeps lies beside the rest of the profile, and with it the lock of its one program.
    const kept = join(profile, 'window');
    makeFolder(kept);
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
