import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from 'playwright';
import { electronCommand } from '../tests/support/electronApp.ts';
import { root } from '../tests/support/host.ts';
import { figure, percentile } from './figures.ts';

const ROUNDS = 5;
const LAUNCH_MS = 60_000;
/** As large and as fenced in as the app's own window, with one line of text in it. */
const EMPTY_MAIN = `const { app, BrowserWindow } = require('electron');
app.setPath('userData', process.argv.at(-1));
app.whenReady().then(() => new BrowserWindow({ width: 1440, height: 900, webPreferences: { sandbox: true, contextIsolation: true } }).loadURL('data:text/html,<p data-testid="post">empty</p>'));
app.on('window-all-closed', () => app.quit());
`;

/** Milliseconds from the command to each of what is waited for on the screen, in this order. */
async function opened(command: string, args: string[], env: Record<string, string>, ...selectors: string[]): Promise<number[]> {
  const began = performance.now();
  const app = await _electron.launch({ executablePath: command, args, env, timeout: LAUNCH_MS });
  const page = await app.firstWindow({ timeout: LAUNCH_MS });
  const took: number[] = [];
  for (const selector of selectors) {
    await page.locator(selector).first().waitFor({ timeout: LAUNCH_MS });
    took.push(performance.now() - began);
  }
  const gone = new Promise((resolve) => app.process().once('exit', resolve));
  await app.evaluate(({ app: inside }) => { setTimeout(() => inside.quit(), 0); }).catch(() => {});
  await gone;
  return took;
}

/** A column's posts, drawn from what is stored or by the screens that take their place. */
export const READABLE = '[data-testid="sight-post"], [data-testid="column-home"] [data-testid="post"]';
export const USABLE = '[data-testid="column-home"] [data-testid="post"]';

/** The desktop app's start until its first column can be read, and until it can be used, beside an empty window of the same runtime, by turns. */
export async function benchElectron(profile: string, words: string): Promise<void> {
  if (!existsSync(join(root, '.cache', 'electron-runtime', 'runtime.json')) || (process.platform === 'linux' && !process.env['DISPLAY'])) {
    console.log('     electron.start               not measured: it needs `npm run electron:runtime` and a display');
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'parrilla-empty-'));
  const kept = join(folder, 'kept');
  mkdirSync(kept);
  writeFileSync(join(folder, 'package.json'), '{"name":"empty","version":"1.0.0","main":"main.cjs"}');
  writeFileSync(join(folder, 'main.cjs'), EMPTY_MAIN);
  const { command, args, env } = electronCommand(profile);
  const [empty, readable, usable]: [number[], number[], number[]] = [[], [], []];
  // One of each first: what the system reads from its disk is read for both.
  for (let round = 0; round <= ROUNDS; round += 1) {
    const [bare = 0] = await opened(command, ['--no-sandbox', folder, kept], env, '[data-testid="post"]');
    const [read = 0, use = 0] = await opened(command, args, env, READABLE, USABLE);
    if (round === 0) continue;
    empty.push(bare);
    readable.push(read);
    usable.push(use);
  }
  rmSync(folder, { recursive: true, force: true });
  const baseline = percentile(empty, 0.5);
  figure('electron.start', `the desktop app's start until its first column can be read, with ${words}, median of ${ROUNDS}, beside an empty window`, percentile(readable, 0.5), 'ms', 1.5 * baseline, baseline);
  figure('electron.usable', 'the same until the column can be used', percentile(usable, 0.5), 'ms', 3 * baseline, baseline);
}
