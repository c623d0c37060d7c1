// npm start: set-up, build when sources changed, then Electron where it can run, else the window in the browser.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { nodeBinary, root, setup, toolEnv } from './setup.mjs';

const flags = process.argv.slice(2);
const WINDOW_MS = 15_000;
const DOWNLOAD_MS = 20_000;

function newest(path) {
  const info = statSync(path);
  if (!info.isDirectory()) return info.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), 0);
}

/** Builds when any source is newer than the last build. */
function build() {
  const built = join(root, 'out', '.built');
  const sources = ['src', 'electron.vite.config.ts', 'package-lock.json'].map((name) => newest(join(root, name)));
  if (existsSync(built) && Number(readFileSync(built, 'utf8')) >= Math.max(...sources) && existsSync(join(root, 'out', 'main', 'node.js'))) return;
  console.log('Building …');
  const result = spawnSync(nodeBinary(), [join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'build', '--logLevel', 'warn'], { cwd: root, stdio: 'inherit', env: toolEnv() });
  if (result.status !== 0) {
    console.error('The build failed; the lines above say where.');
    process.exit(1);
  }
  writeFileSync(built, String(Math.max(...sources)));
}

/** Path of Electron's own runtime, fetched when it can be had quickly; null with the reason otherwise. Never the test runtime. */
function electronRuntime() {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return { path: null, why: 'there is no display' };
  const folder = join(root, 'node_modules', 'electron');
  const pathFile = join(folder, 'path.txt');
  const find = () => (existsSync(pathFile) ? join(folder, 'dist', readFileSync(pathFile, 'utf8').trim()) : null);
  const there = find();
  if (there && existsSync(there)) return { path: there, why: '' };
  const note = join(root, '.cache', 'electron-download-failed');
  const today = new Date().toISOString().slice(0, 10);
  if (existsSync(note) && readFileSync(note, 'utf8') === today) return { path: null, why: 'its runtime could not be downloaded today' };
  console.log('Fetching the Electron runtime …');
  const install = createRequire(import.meta.url).resolve('electron/install.js');
  spawnSync(nodeBinary(), [install], { cwd: root, stdio: 'ignore', env: toolEnv(), timeout: DOWNLOAD_MS });
  const got = find();
  if (got && existsSync(got)) return { path: got, why: '' };
  mkdirSync(join(root, '.cache'), { recursive: true });
  writeFileSync(note, today);
  return { path: null, why: 'its runtime cannot be downloaded here' };
}

function follow(child) {
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal === 'SIGINT' && process.platform !== 'win32' && process.stdin.isTTY ? 0 : signal));
  child.on('exit', (code) => process.exit(code ?? 0));
  // npm does not pass SIGTERM on: once it is gone, so is the reason to run.
  if (process.env.npm_lifecycle_event !== 'start') return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM');
  }, 1000).unref();
}

function openInNode(why) {
  if (why) console.log(`Opening in the browser: Electron was not used because ${why}.`);
  // In a terminal Ctrl C reaches the program by itself, as it does this script.
  follow(spawn(nodeBinary(), [join(root, 'out', 'main', 'node.js'), ...flags], { cwd: process.cwd(), stdio: 'inherit', env: toolEnv() }));
}

function openInElectron(path) {
  const child = spawn(path, [root, ...flags], { stdio: ['ignore', 'pipe', 'inherit'], env: process.env });
  let opened = false;
  const late = setTimeout(() => {
    child.kill();
    openInNode('no window came within 15 s');
  }, WINDOW_MS);
  child.stdout.on('data', (data) => {
    if (opened || !String(data).includes('Parrilla window is open')) return;
    opened = true;
    clearTimeout(late);
    follow(child);
  });
  child.on('exit', (code) => {
    if (opened) return;
    clearTimeout(late);
    if (code !== null) openInNode('it did not start');
  });
}

setup();
build();
const only = ['--browser', '--help', '--new-link', '--no-open', '--port'].find((flag) => flags.some((each) => each.split('=')[0] === flag));
if (only) openInNode('');
else {
  const { path, why } = electronRuntime();
  if (path) openInElectron(path);
  else openInNode(why);
}
