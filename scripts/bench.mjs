// npm run bench [-- --json FILE]: builds, then measures; every figure stands beside a baseline of the same run.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { nodeBinary, root, setup, toolEnv } from './setup.mjs';

setup();
const { findChromium } = await import('./chromium.mjs');
const built = spawnSync(nodeBinary(), [join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'build', '--logLevel', 'warn'], { cwd: root, stdio: 'inherit', env: toolEnv() });
if (built.status !== 0) process.exit(1);
const chromium = findChromium();
// The desktop app's window needs a display; where there is none, a virtual one.
const virtual = process.platform === 'linux' && !process.env.DISPLAY && spawnSync('xvfb-run', ['--help'], { stdio: 'ignore' }).error === undefined;
const screen = virtual ? ['xvfb-run', '-a', '-s', '-screen 0 1440x900x24'] : [];
const [command, ...words] = [...screen, nodeBinary(), '--expose-gc', join(root, 'bench', 'run.ts'), ...process.argv.slice(2)];
const result = spawnSync(command, words, { cwd: root, stdio: 'inherit', env: toolEnv(chromium ? { CHROME_PATH: chromium } : {}) });
process.exit(result.status ?? 1);
