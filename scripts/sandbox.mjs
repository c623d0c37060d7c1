// npm run sandbox -- --port N --seed S: the practice network alone, for trying clients and tests against it.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { nodeBinary, root, setup, toolEnv } from './setup.mjs';

setup();
const child = spawn(nodeBinary(), [join(root, 'src', 'sandbox', 'main.ts'), ...process.argv.slice(2)], { stdio: 'inherit', env: toolEnv() });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 0));
