import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../src/shared/contract/accounts.ts';
import type { InputOf } from '../../src/shared/contract/index.ts';
import type { Placed, Publication } from '../../src/shared/contract/publications.ts';
import { instantToWall } from '../../src/shared/domain/time.ts';
import { startCore, type TestCore, until } from '../support/core.ts';
import { ManualClock } from '../support/manualClock.ts';
import { settle } from '../support/reading.ts';

const HOUR = 3_600_000;
let core: TestCore;
let clock: ManualClock;
let account: Account;
beforeEach(async () => {
  clock = new ManualClock(Date.UTC(2026, 10, 24, 9, 0));
  core = await startCore({ clock });
  account = await core.call('accounts.addPractice', {});
});
afterEach(() => core.stop());

const placed = (answer: Placed): Publication => {
  if (answer.result !== 'placed') throw new Error('refused');
  return answer.publication;
};
const save = (more: Partial<InputOf<'publications.save'>>): Promise<Placed> => core.call('publications.save', { accountId: account.id, text: '', tier: 'free', tierReason: null, media: [], ...more });
const at = (inMs: number): { wall: string } => ({ wall: instantToWall(clock.now() + inMs, account.zone) });
async function plan(inMs: number, more: Partial<InputOf<'publications.save'>>): Promise<Publication> {
  return placed(await core.call('publications.place', { id: placed(await save(more)).id, at: at(inMs) }));
}
async function posted(more: Partial<InputOf<'publications.save'>>): Promise<Publication> {
  const { id } = placed(await save(more));
  await core.call('publications.sendNow', { id });
  return until(async () => {
    await clock.advance(1000);
    await settle(core);
    const found = await core.call('publications.get', { id });
    return found.state === 'posted' && found;
  });
}

describe('a repost of an own post', () => {
  it('counts as what it repeats, whatever is saved or asked for later', async () => {
    const own = await posted({ text: 'Para suscriptores', tier: 'premium' });
    const target = { id: own.remoteId ?? '', username: account.username };
    const made = placed(await save({ kind: 'repost', target, tier: 'free' }));
    expect([made.counts, made.tier]).toEqual([true, 'premium']);
    expect(placed(await save({ id: made.id, tier: 'free', via: 'handoff' }))).toMatchObject({ tier: 'premium', via: 'handoff' });
    await core.call('publications.place', { id: made.id, at: at(2 * HOUR) });
    expect(placed(await save({ id: made.id, tier: 'status' })).tier).toBe('premium');
    // Too many premium posts around it: of the ways out, another tier is none.
    for (let i = 0; i < 3; i += 1) await core.call('publications.place', { id: placed(await save({ text: `Prémium ${i}`, tier: 'premium' })).id, at: at((3 + i) * HOUR) });
    const again = placed(await save({ kind: 'repost', target, tier: 'free' }));
    const answer = await core.call('publications.place', { id: again.id, at: at(7 * HOUR) });
    if (answer.result !== 'refused') throw new Error('placed');
    expect(answer.fixes.map((fix) => fix.kind)).not.toContain('retier');
    await expect(core.call('publications.place', { id: again.id, at: at(7 * HOUR), fix: { kind: 'retier', tier: 'free' } })).rejects.toMatchObject({ data: { code: 'bad_input' } });
  });
});
