// npm test: set-up, then every check and test, one line per step with its seconds. The first step that fails ends it with its reason;
// the last line counts: "N passed, N failed". What each step printed is in test-results/*.log.
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeBinary, root, setup, toolEnv } from './setup.mjs';

setup();
// Only now are the packages there.
const { getChromium } = await import('./chromium.mjs');
const bin = (name) => join(root, 'node_modules', '.bin', name);
const module = (...path) => join(root, 'node_modules', ...path);
const results = join(root, 'test-results');
/** Lines of a failing step's log that are shown. */
const TAIL = 80;
let passed = 0;
let failed = 0;

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

/** Steps under way: two may be. */
const running = new Set();

function finish() {
  for (const child of running) endGroup(child);
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

/** What a test run says of its failures, from vitest's report. */
function reasons(report) {
  if (!report || !existsSync(report)) return '';
  const { testResults = [] } = JSON.parse(readFileSync(report, 'utf8'));
  return testResults
    .flatMap((file) => {
      const broken = file.assertionResults.filter((test) => test.status === 'failed').map((test) => `× ${test.fullName}\n${test.failureMessages.join('\n').split('\n').slice(0, 12).join('\n')}`);
      return broken.length === 0 && file.status === 'failed' ? [`× ${file.name}\n${file.message}`] : broken;
    })
    .join('\n');
}

/** Ends a step and all that it started. */
function endGroup(child) {
  try {
    if (process.platform === 'win32') spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f']);
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** Runs one step within `limit` seconds and prints its line; ends the whole run when it fails. */
async function step(name, limit, command, args, { env = {}, report = null } = {}) {
  const logFile = join(results, `${name.replace(/\W+/g, '-')}.log`);
  const log = openSync(logFile, 'w');
  const began = Date.now();
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', log, log], env: toolEnv(env), detached: process.platform !== 'win32' });
  running.add(child);
  const stop = () => {
    for (const each of running) endGroup(each);
    process.exit(130);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    endGroup(child);
  }, limit * 1000);
  const status = await new Promise((resolve) => {
    child.once('error', (cause) => {
      writeFileSync(logFile, String(cause));
      resolve(1);
    });
    child.once('exit', (code) => resolve(code ?? 1));
  });
  clearTimeout(timer);
  process.off('SIGINT', stop).off('SIGTERM', stop);
  endGroup(child);
  running.delete(child);
  closeSync(log);
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  const counts = report && existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null;
  const good = status === 0 && !late;
  if (counts) {
    passed += counts.numPassedTests;
    failed += counts.numFailedTests;
    if (!good && counts.numFailedTests === 0) failed += 1;
  } else if (good) passed += 1;
  else failed += 1;
  const skipped = counts && counts.numPendingTests > 0 ? `, ${counts.numPendingTests} skipped` : '';
  console.log(`${good ? 'ok  ' : 'FAIL'} ${name} ${seconds} s${counts ? ` (${counts.numPassedTests} passed, ${counts.numFailedTests} failed${skipped})` : ''}`);
  if (good) return;
  console.log(`\n${readFileSync(logFile, 'utf8').split('\n').slice(-TAIL).join('\n')}\n${reasons(report)}\n`);
  console.log(late ? `${name}: not done after ${limit} s; ended.` : `${name}: ended with ${status}.`);
  finish();
}

function tests(name, limit, project, env = {}, wrap = [], more = []) {
  const report = join(results, `${project}.json`);
  const args = [module('vitest', 'vitest.mjs'), 'run', '--project', project, '--reporter=verbose', '--reporter=json', `--outputFile.json=${report}`, ...more];
  const [command, ...rest] = [...wrap, nodeBinary(), ...args];
  return step(name, limit, command, rest, { env: { NO_COLOR: '1', FORCE_COLOR: '0', ...env }, report });
}

/** A virtual screen where there is none, and, as root on Linux, a namespace of its own, so that no process can outlive the step. */
function screen() {
  if (process.platform !== 'linux') return [];
  const quoted = process.env.DISPLAY ? '"$@"; exit $?' : 'xvfb-run -a -s "-screen 0 1440x900x24" "$@"; exit $?';
  const alone = process.getuid?.() === 0 && spawnSync('unshare', ['--fork', '--pid', '--kill-child', '--mount-proc', 'true'], { stdio: 'ignore' }).status === 0;
  return [...(alone ? ['unshare', '--fork', '--pid', '--kill-child', '--mount-proc'] : []), 'bash', '-c', quoted, 'screen'];
}

/** Every step, in order: `--only build,electron` runs some of them. */
const only = process.argv.includes('--only') ? (process.argv[process.argv.indexOf('--only') + 1] ?? '').split(',') : null;
const wanted = (name) => only === null || only.includes(name);

if (wanted('types')) await step('types', 120, bin('tsc'), ['-b', '--force']);
if (wanted('lint')) await step('lint', 60, bin('oxlint'), ['--deny-warnings', 'src', 'tests', 'scripts', 'bench']);
if (wanted('unused')) await step('unused', 60, bin('knip'), ['--no-progress']);
if (wanted('build')) await step('build', 120, nodeBinary(), [module('electron-vite', 'bin', 'electron-vite.js'), 'build', '--logLevel', 'warn']);
if (wanted('unit')) await tests('unit', 180, 'unit');
// Two files at a time: most of them wait for a clock or an answer, not for a processor.
if (wanted('integration')) await tests('integration', 480, 'integration', {}, [], ['--maxWorkers=2']);
/** The browser for the tests; without one the run ends. */
async function browser() {
  const chromium = await getChromium();
  if (chromium) return { CHROME_PATH: chromium };
  failed += 1;
  console.log('FAIL browser: no Chrome or Chromium found and none could be got; install one or name it in CHROME_PATH');
  return finish();
}
const browserEnv = wanted('story') || wanted('browser') ? await browser() : {};
// The story waits for its post to go out, most of its time; meanwhile days with no network pass, killed at random moments (five of them by `npm run test:offline`).
await Promise.all([
  wanted('story') ? tests('story', 300, 'story', browserEnv, [], ['--maxWorkers=2']) : null,
  wanted('offline') ? step('offline', 480, nodeBinary(), [join(root, 'tests', 'offline', 'run.ts'), '--days', '3', '--per-day', '16', '--kill-ms', '6000']) : null,
]);
if (wanted('browser')) await tests('browser', 600, 'e2e', browserEnv, [], ['--maxWorkers=2']);
if (wanted('electron')) {
  const runtime = join(root, '.cache', 'electron-runtime', 'runtime.json');
  // Asked for by name, it is got first.
  if (only !== null && !existsSync(runtime)) await step('runtime', 300, nodeBinary(), [join(root, 'scripts', 'electron-runtime.mjs')]);
  if (existsSync(runtime)) await tests('electron', 270, 'electron', {}, screen(), ['--maxWorkers=2']);
  else if (process.env.PARRILLA_ELECTRON === 'required') {
    failed += 1;
    console.log('FAIL electron: required, but no runtime is installed (npm run electron:runtime)');
  } else console.log('The Electron tests were left out: no runtime is installed (npm run electron:runtime gets one).');
}
finish();
