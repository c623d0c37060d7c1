// npm test: set-up, then every check and test, each as a step with its time; ends with "N passed, N failed".
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { nodeBinary, root, setup, toolEnv } from './setup.mjs';

setup();
// Only now are the packages there.
const { getChromium } = await import('./chromium.mjs');
const bin = (name) => join(root, 'node_modules', '.bin', name);
const reports = join(root, 'test-results');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
let passed = 0;
let failed = 0;
const lines = [];

function step(name, command, args, { env = {}, report = null } = {}) {
  console.log(`\n== ${name}`);
  const began = Date.now();
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', env: toolEnv(env) });
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  let counted = '';
  if (report && existsSync(report)) {
    const json = JSON.parse(readFileSync(report, 'utf8'));
    passed += json.numPassedTests;
    failed += json.numFailedTests;
    counted = ` (${json.numPassedTests} passed, ${json.numFailedTests} failed)`;
    if (result.status !== 0 && json.numFailedTests === 0) failed += 1;
  } else if (result.status === 0) passed += 1;
  else failed += 1;
  lines.push(`${result.status === 0 ? 'ok  ' : 'FAIL'} ${name} ${seconds} s${counted}`);
}

function tests(name, project, env = {}, wrap = []) {
  const report = join(reports, `${project}.json`);
  const args = [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--project', project, '--passWithNoTests', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const [command, ...rest] = [...wrap, nodeBinary(), ...args];
  step(name, command, rest, { env, report });
}

function hasTests(folder) {
  const full = join(root, 'tests', folder);
  return existsSync(full) && readdirSync(full).some((file) => file.endsWith('.test.ts'));
}

step('types', bin('tsc'), ['-b']);
step('lint', bin('oxlint'), ['--deny-warnings', 'src', 'tests', 'scripts', 'bench']);
step('unused', bin('knip'), ['--no-progress']);
step('build', nodeBinary(), [join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'build', '--logLevel', 'warn']);
tests('unit', 'unit');
if (['contract', 'integration', 'crash'].some(hasTests)) tests('integration, contract, crash', 'integration');
if (hasTests('e2e')) {
  const chromium = await getChromium();
  if (chromium) tests('browser end-to-end', 'e2e', { CHROME_PATH: chromium });
  else {
    failed += 1;
    lines.push('FAIL browser end-to-end: no Chrome or Chromium found and none could be got; install one or name it in CHROME_PATH');
  }
}
const runtimeFile = join(root, '.cache', 'electron-runtime', 'runtime.json');
if (hasTests('electron')) {
  if (existsSync(runtimeFile)) tests('electron', 'electron', {}, process.env.DISPLAY || process.platform !== 'linux' ? [] : ['xvfb-run', '-a']);
  else if (process.env.PARRILLA_ELECTRON === 'required') {
    failed += 1;
    lines.push('FAIL electron: required, but no runtime is installed (npm run electron:runtime)');
  } else lines.push('skip electron: no runtime installed; npm run electron:runtime gets one');
}
console.log(`\n${lines.join('\n')}\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
