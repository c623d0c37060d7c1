import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApp } from '../../src/main/core/app.ts';
import { ManualClock } from '../support/manualClock.ts';
import { fileSecrets, testPorts } from '../support/memoryPorts.ts';

/** What the parent wants of this life of the program. */
interface Order {
  profile: string;
  apiOrigin: string;
  /** Where the clock stands when it begins, epoch ms. */
  now: number;
  /** Ends itself with SIGKILL at the nth passing of this point. */
  kill: { point: string; nth: number; afterMs: number } | null;
  /** Longest simulated life, ms. */
  life: number;
}
const STEP_MS = 15_000;
const order = JSON.parse(process.argv[2] ?? '{}') as Order;
const reached = new Map<string, number>();

const clock = new ManualClock(order.now);
const ports = {
  ...testPorts({ profile: order.profile, clock, apiOrigin: order.apiOrigin, secrets: fileSecrets(order.profile) }),
  point(name: string): void {
    const n = (reached.get(name) ?? 0) + 1;
    reached.set(name, n);
    if (order.kill?.point !== name || order.kill.nth !== n) return;
    if (order.kill.afterMs > 0) setTimeout(() => process.kill(process.pid, 'SIGKILL'), order.kill.afterMs);
    else process.kill(process.pid, 'SIGKILL');
  },
};
const app = await createApp(ports);
await app.start();
process.stdout.write('started\n');
const open = (): number => Number(app.db.get("SELECT count(*) AS n FROM publications WHERE state IN ('scheduled','sending','retry_wait','unknown','held')")?.['n']);
const needsKeys = (): boolean => Number(app.db.get('SELECT count(*) AS n FROM accounts WHERE needs_reauth = 1')?.['n']) > 0;
for (let gone = 0; gone < order.life && open() > 0; gone += STEP_MS) {
  await clock.advance(STEP_MS);
  await Promise.race([app.idle(), new Promise((resolve) => setTimeout(resolve, 40))]);
  // Whole or not at all: a half written time would set the next life's clock to 1970.
  writeFileSync(join(order.profile, 'now.part'), String(clock.now()));
  renameSync(join(order.profile, 'now.part'), join(order.profile, 'now'));
  if (needsKeys() && Number(app.db.get("SELECT count(*) AS n FROM publications WHERE state IN ('scheduled','sending','retry_wait')")?.['n']) === 0) break;
}
await app.stop();
process.stdout.write(`${JSON.stringify({ open: 0, reached: [...reached.keys()], now: Number(readFileSync(join(order.profile, 'now'), 'utf8')) })}\n`);
