import { channel } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';
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
  kill: { point: string; nth: number } | null;
  /** Longest simulated life, ms. */
  life: number;
}
const STEP_MS = 15_000;
/** Names of the network's own places as PUBLISHING calls them. */
const ALSO: Readonly<Record<string, string>> = {
  'upload.after-init': 'init', 'upload.after-append': 'append', 'upload.after-finalize': 'finalize', 'upload.processing': 'status', 'upload.done': 'alt', 'upload.saved': 'id-saved',
  'refresh.answered': 'refresh.before-save', 'refresh.saved': 'refresh.after-save',
};
const order = JSON.parse(process.argv[2] ?? '{}') as Order;
const reached = new Map<string, number>();

function point(name: string): void {
  const known = ALSO[name] ?? name;
  const n = (reached.get(known) ?? 0) + 1;
  reached.set(known, n);
  if (order.kill?.point === known && order.kill.nth === n) process.kill(process.pid, 'SIGKILL');
}
// The wire itself: when a create was handed to the system, when its answer began, when it was whole.
channel('http.client.request.start').subscribe((message) => {
  const { request } = message as { request: ClientRequest };
  if (request.method !== 'POST' || !/^\/2\/(tweets|users\/\d+\/retweets)$/.test(request.path)) return;
  request.on('finish', () => point('request.written'));
  request.prependListener('response', (response: IncomingMessage) => {
    point('headers.received');
    response.prependListener('end', () => point('body.received'));
  });
});

const clock = new ManualClock(order.now);
/** The network lives in the same time: its clock is what the program's is held against. */
const tellTime = async (): Promise<void> => {
  await fetch(`${order.apiOrigin}/__sandbox/clock`, { method: 'POST', headers: { 'x-sandbox-control': '1' }, body: JSON.stringify({ offsetMs: clock.now() - Date.now() }) });
};
await tellTime();
const app = await createApp({ ...testPorts({ profile: order.profile, clock, apiOrigin: order.apiOrigin, secrets: fileSecrets(order.profile) }), point });
await app.start();
process.stdout.write('started\n');
const count = (sql: string): number => Number(app.db.get(sql)?.['n']);
const open = (): number => count("SELECT count(*) AS n FROM publications WHERE state IN ('scheduled','sending','retry_wait','unknown','held') OR state = 'partial' AND next_try_at IS NOT NULL");
for (let gone = 0; gone < order.life && open() > 0; gone += STEP_MS) {
  await clock.advance(STEP_MS);
  await tellTime();
  await Promise.race([app.idle(), new Promise((resolve) => setTimeout(resolve, 40))]);
  // Whole or not at all: a half written time would set the next life's clock to 1970.
  writeFileSync(join(order.profile, 'now.part'), String(clock.now()));
  renameSync(join(order.profile, 'now.part'), join(order.profile, 'now'));
  if (count('SELECT count(*) AS n FROM accounts WHERE needs_reauth = 1') > 0 && count("SELECT count(*) AS n FROM publications WHERE state IN ('scheduled','sending','retry_wait')") === 0) break;
}
await app.stop();
process.stdout.write(`${JSON.stringify({ open: 0, reached: [...reached.keys()], now: Number(readFileSync(join(order.profile, 'now'), 'utf8')) })}\n`);
