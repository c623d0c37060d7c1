import { expect, it } from 'vitest';
import { PublicationsRepository } from '../../src/main/core/features/publishing/repository.ts';
import { DEFAULT_POLICY } from '../../src/shared/domain/types.ts';
import { instantToWall } from '../../src/shared/domain/time.ts';
import { startCore } from '../support/core.ts';
import { ManualClock } from '../support/manualClock.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The whole month has 10,000 posts (PARRILLA_MONTH_POSTS=10000); every run of the tests has a part of them. */
const POSTS = Number(process.env['PARRILLA_MONTH_POSTS'] ?? 1200);
/** What time alone may move within the next minutes. */
const MOVING = "SELECT 1 AS x FROM publications WHERE state IN ('sending', 'retry_wait', 'unknown') OR (state = 'scheduled' AND due_at < :soon) LIMIT 1";

it(`a month of ${POSTS} posts with two clock changes, sleeps and failures: each within its minute, or where its policy says`, async () => {
  const start = Date.UTC(2026, 9, 19, 22, 0);
  const clock = new ManualClock(start);
  const core = await startCore({ clock });
  const account = await core.call('accounts.addPractice', {});
  for (const column of await core.call('columns.list', {})) await core.call('columns.remove', { columnId: column.id });
  await core.control('POST', 'limits', { name: 'create', limit: 1_000_000 });
  await core.control('POST', 'limits', { name: 'own', limit: 1_000_000 });
  const repository = new PublicationsRepository(core.app.db, 'plan');
  // Europe changes its clocks on 25 October, America on 1 November: the plan goes on through both.
  const zones = ['Europe/Madrid', 'America/New_York'];
  core.app.db.tx(() => {
    for (let i = 0; i < POSTS; i += 1) {
      const at = Math.floor((start + 5 * 60_000 + (i * 31 * DAY) / POSTS) / 60_000) * 60_000;
      const zone = zones[i % 2] ?? 'Europe/Madrid';
      repository.create({ accountId: account.id, text: `Entrada ${i} del mes`, tier: 'free', tierReason: null, zone, wall: instantToWall(at, zone), dueAt: at, state: 'scheduled' }, start);
    }
  });
  const kinds = ['statusAfterAccept', 'resetAfter', 'resetBefore', 'rateLimit', 'status', 'cutBody'];
  let faults = 0;
  let asleep = 0;
  for (let day = 0; clock.now() < start + 32 * DAY; day += 1) {
    await core.control('POST', 'faults', { match: { method: 'POST', path: '/2/tweets' }, skip: 7, kind: kinds[day % kinds.length], ...(kinds[day % kinds.length] === 'status' ? { status: 400 } : {}) });
    faults += 1;
    const end = clock.now() + DAY;
    // Every third night the computer sleeps for six hours.
    if (day % 3 === 2) {
      clock.jumpWall(6 * HOUR);
      core.sandbox.world.offsetMs = 0;
      asleep += 6;
    }
    while (clock.now() < end) {
      // Minute by minute while something goes out or is in doubt: its answer takes real time. In between nothing waits for one.
      await clock.advance(core.app.db.get(MOVING, { soon: clock.now() + 6 * 60_000 }) === undefined ? 5 * 60_000 : 60_000);
      await Promise.race([core.app.idle(), new Promise((resolve) => setTimeout(resolve, 200))]);
    }
  }
  const rows = repository.list({ limit: 100_000 });
  const tally: Record<string, number> = {};
  const wrong: string[] = [];
  const grace = DEFAULT_POLICY.tiers.find((tier) => tier.key === 'free')?.graceMs ?? 0;
  const onServer = new Map<string, number>();
  for (const each of await core.control<{ text: string }[]>('GET', 'created')) onServer.set(each.text, (onServer.get(each.text) ?? 0) + 1);
  for (const row of rows) {
    tally[row.state] = (tally[row.state] ?? 0) + 1;
    const n = onServer.get(row.text) ?? 0;
    const lateness = (row.sentAt ?? 0) - (row.dueAt ?? 0);
    if (n > 1) wrong.push(`${row.text}: ${n} on the server`);
    if (row.state === 'posted' && n !== 1) wrong.push(`${row.text}: posted and not there`);
    // Two minutes: its minute, and the longest look back that confirms it.
    if (row.state === 'posted' && !row.late && lateness > 2 * 60_000 && core.app.db.get('SELECT 1 AS x FROM publication_attempts WHERE publication_id = :id AND outcome <> :accepted', { id: row.id, accepted: 'accepted' }) === undefined) wrong.push(`${row.text}: ${Math.round(lateness / 1000)} s after its time and not said to be late`);
    if (row.state === 'posted' && lateness > grace + 31_000) wrong.push(`${row.text}: after its grace`);
    if (row.state === 'missed' && !['app_closed', 'grace_over', 'rate_limited', 'offline'].includes(row.reason?.code ?? '')) wrong.push(`${row.text}: missed because ${row.reason?.code ?? 'nothing'}`);
    if (!['posted', 'missed', 'failed', 'needs_review'].includes(row.state)) wrong.push(`${row.text}: ${row.state}`);
    if ((row.state === 'missed' || row.state === 'failed') && n !== 0) wrong.push(`${row.text}: ${row.state} and there`);
  }
  process.stdout.write(`month: ${rows.length} posts, ${faults} faults, ${asleep} h asleep: ${JSON.stringify(tally)}\n`);
  await core.stop();
  expect(wrong.slice(0, 10)).toEqual([]);
  expect(rows.length).toBe(POSTS);
}, 1_800_000);
