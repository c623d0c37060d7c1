import { expect } from 'vitest';
import type { Cable } from './cable.ts';
import { type TestCore, until } from './core.ts';

/** Lets core do what is due now, and waits for it. */
export async function settle(core: TestCore): Promise<void> {
  await core.app.tick();
  await core.app.idle();
}
/** Reads what is new: every source is due again. */
export async function readAll(core: TestCore): Promise<void> {
  for (const column of await core.call('columns.list', {})) if (column.source.kind !== 'scheduled') await core.call('columns.refresh', { columnId: column.id });
  await until(async () => {
    await settle(core);
    return (await core.call('columns.list', {})).every((column) => !column.loading);
  });
  await settle(core);
}
/** Cuts the line, and lets core notice. */
export async function cutOff(core: TestCore, cable: Cable): Promise<void> {
  cable.cut();
  await readAll(core);
  expect((await core.call('sync.status', {})).offlineSince).not.toBeNull();
}
/** Mends the line, and lets core notice. */
export async function backOn(core: TestCore, cable: Cable): Promise<void> {
  cable.mend();
  await core.call('sync.now', {});
  await until(async () => {
    await settle(core);
    return (await core.call('sync.status', {})).offlineSince === null;
  });
}
