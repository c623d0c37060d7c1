// npm run bench [-- --json FILE]: builds, then measures; every figure stands beside a baseline of the same run.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { nodeBinary, root, setup, toolEnv } from './setup.mjs';

setup();
const { findChromium } = await import('./chromium.mjs');
const built = spawnSync(nodeBinary(), [join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'build', '--logLevel', 'warn'], { cwd: root, stdio: 'inherit', env: toolEnv() });
if (built.status !== 0) process.exit(1);
const chromium = findChromium();
const result = spawnSync(nodeBinary(), ['--expose-gc', join(root, 'bench', 'run.ts'), ...process.argv.slice(2)], { cwd: root, stdio: 'inherit', env: toolEnv(chromium ? { CHROME_PATH: chromium } : {}) });
process.exit(result.status ?? 1);
