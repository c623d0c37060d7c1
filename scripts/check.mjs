// npm run check: types and lint only.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root, setup, toolEnv } from './setup.mjs';

setup();
const bin = (name) => join(root, 'node_modules', '.bin', name);
let status = 0;
for (const [command, args] of [[bin('tsc'), ['-b', '--force']], [bin('oxlint'), ['--deny-warnings', 'src', 'tests', 'scripts', 'bench']]]) {
  status ||= spawnSync(command, args, { cwd: root, stdio: 'inherit', env: toolEnv() }).status ?? 1;
}
process.exit(status);
