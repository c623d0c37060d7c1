// Finds a Chrome or Chromium for the browser tests, or gets one.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright';
import { nodeBinary, root, toolEnv } from './setup.mjs';

/** The same without a window of its own: the tests take a fifth less time in it. */
const HEADLESS = '/usr/bin/chromium-headless-shell';
const PLACES = [
  '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable', '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];
const DOWNLOAD_MS = 180_000;
/** A Chromium that the npm registry carries, for Linux x64 machines that reach nothing else. */
const REGISTRY_PACKAGE = '@sparticuz/chromium@153.0.0';
const cache = join(root, '.cache', 'chromium');
const note = join(cache, 'path.txt');

/** Path of a browser, or null. CHROME_PATH comes first, then usual places, Playwright's own, and one got before; `headless`: before all of them one that has no window. */
export function findChromium({ headless = false } = {}) {
  const named = process.env.CHROME_PATH;
  if (named) return existsSync(named) ? named : null;
  const got = existsSync(note) ? readFileSync(note, 'utf8') : null;
  return [...(headless ? [HEADLESS] : []), ...PLACES, chromium.executablePath(), got].find((path) => path && existsSync(path)) ?? null;
}

/** Does the tests' own way of starting it work? */
async function starts(path) {
  try {
    const browser = await chromium.launch({ executablePath: path, args: ['--no-sandbox'], timeout: 30_000 });
    await browser.close();
    return true;
  } catch {
    return false;
  }
}

/** One from the npm registry, unpacked into .cache; null where it does not start. */
export async function registryChromium() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  mkdirSync(cache, { recursive: true });
  const npm = spawnSync('npm', ['install', '--prefix', cache, '--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--loglevel=error', REGISTRY_PACKAGE], { stdio: 'inherit', timeout: DOWNLOAD_MS, env: toolEnv() });
  if (npm.status !== 0) return null;
  const module = await import(pathToFileURL(join(cache, 'node_modules', '@sparticuz', 'chromium', 'build', 'index.js')).href).catch(() => null);
  const path = module ? await module.default.executablePath().catch(() => null) : null;
  return path && existsSync(path) && (await starts(path)) ? path : null;
}

/** Path of a browser for the tests: a found one, else Playwright's download, Debian's package when root, one from the registry. Null when none can be had. */
export async function getChromium() {
  const found = findChromium({ headless: true });
  if (found || process.env.CHROME_PATH) return found;
  console.log('No Chrome or Chromium found; getting one …');
  spawnSync(nodeBinary(), [join(root, 'node_modules', 'playwright', 'cli.js'), 'install', 'chromium'], { stdio: 'ignore', timeout: DOWNLOAD_MS, env: toolEnv() });
  if (findChromium()) return findChromium();
  if (process.platform === 'linux' && process.getuid?.() === 0 && spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0) {
    spawnSync('apt-get', ['update', '-q'], { stdio: 'ignore', timeout: DOWNLOAD_MS });
    spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], { stdio: 'ignore', timeout: DOWNLOAD_MS, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    if (findChromium()) return findChromium();
  }
  const got = await registryChromium();
  if (got) writeFileSync(note, got);
  return got;
}
