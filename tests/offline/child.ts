import { writeFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { createApp } from '../../src/main/core/app.ts';
import { AppError } from '../../src/shared/contract/errors.ts';
import { ManualClock } from '../support/manualClock.ts';
import { fileSecrets, testPorts } from '../support/memoryPorts.ts';

/** One life of the program: does what the parent says, until it is killed or told to stop. */
interface Order { profile: string; apiOrigin: string; sandbox: string; now: number }
export type Ask = { id: number } & ({ method: string; input: unknown; commandId?: string } | { until: number } | { stop: true });
export type Told = { id: number; value?: unknown; code?: string; now: number };

const STEP_MS = 30_000;
/** Through a night in larger steps. */
const LONG_STEP_MS = 5 * 60_000;
const order = JSON.parse(process.argv[2] ?? '{}') as Order;
const clock = new ManualClock(order.now);
/** The network lives in the same time. It is asked apart from the program's own line, which may be cut. */
const tellTime = async (): Promise<void> => {
  await fetch(`${order.sandbox}/__sandbox/clock`, { method: 'POST', headers: { 'x-sandbox-control': '1' }, body: JSON.stringify({ offsetMs: clock.now() - Date.now() }) });
  // Whole or not at all: a half written time would set the next life's clock to 1970.
  writeFileSync(join(order.profile, 'now.part'), String(clock.now()));
  renameSync(join(order.profile, 'now.part'), join(order.profile, 'now'));
};
await tellTime();
const app = await createApp(testPorts({ profile: order.profile, clock, apiOrigin: order.apiOrigin, secrets: fileSecrets(order.profile) }));
await app.start();

async function answer(ask: Ask): Promise<unknown> {
  if ('until' in ask) {
    while (clock.now() < ask.until) {
      const left = ask.until - clock.now();
      await clock.advance(left > 3_600_000 ? LONG_STEP_MS : Math.min(STEP_MS, left));
      await tellTime();
      await Promise.race([app.idle(), new Promise((resolve) => setTimeout(resolve, 30))]);
    }
    await app.idle();
    return tellTime();
  }
  if ('stop' in ask) return app.stop();
  return app.router.call(ask.method, ask.input, ask.commandId === undefined ? {} : { commandId: ask.commandId });
}
process.on('message', (ask: Ask) => {
  void answer(ask).then(
    (value) => process.send?.({ id: ask.id, value, now: clock.now() } satisfies Told),
    (cause: unknown) => process.send?.({ id: ask.id, code: cause instanceof AppError ? cause.code : `internal: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`, now: clock.now() } satisfies Told),
  );
});
process.send?.({ id: 0, now: clock.now() } satisfies Told);
