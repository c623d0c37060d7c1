/**
 * Loaded into the host before its own code (`node --import`): the process kills itself with SIGKILL before the given one of
 * its steps to the disk, counted until it says that it is ready. `PARRILLA_KILL_AT` is that number, or `backup` for the
 * middle of a backup. Without a match the number of steps is told on stderr.
 */
import fs from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';

type Method = (this: { source?: string } | undefined, ...args: unknown[]) => unknown;
type Methods = Record<string, Method>;
const Database = createRequire(import.meta.url)('better-sqlite3') as new (path: string) => { prepare(sql: string): object };
const wanted = process.env['PARRILLA_KILL_AT'] ?? '';
let steps = 0;
let counting = true;

const die = (): void => void process.kill(process.pid, 'SIGKILL');
function step(): void {
  if (!counting) return;
  steps += 1;
  if (String(steps) === wanted) die();
}
function watch(owner: Methods, names: readonly string[]): void {
  for (const name of names) {
    const real = owner[name];
    if (!real) throw new Error(`no ${name} to watch`);
    owner[name] = function watched(...args) {
      step();
      const answer = real.apply(this, args);
      if (wanted === 'backup' && this?.source?.startsWith('VACUUM INTO')) {
        fs.truncateSync(String(args[0]), 5000);
        die();
      }
      return answer;
    };
  }
}
watch(Database.prototype as Methods, ['exec', 'pragma', 'close']);
watch(Object.getPrototypeOf(new Database(':memory:').prepare('SELECT 1')) as Methods, ['run', 'get']);
watch(fs as unknown as Methods, ['mkdirSync', 'writeFileSync', 'renameSync', 'rmSync']);
syncBuiltinESMExports();

const write = process.stdout.write.bind(process.stdout);
process.stdout.write = ((text: string) => {
  if (text.startsWith('Parrilla is ready')) {
    counting = false;
    process.stderr.write(`steps: ${steps}\n`);
  }
  return write(text);
}) as typeof process.stdout.write;
