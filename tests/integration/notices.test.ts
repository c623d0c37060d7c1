import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../src/shared/contract/accounts.ts';
import { NO_FILTER } from '../../src/shared/domain/columnFilter.ts';
import { ALL_NOTICES } from '../../src/shared/domain/notices.ts';
import { startCore, type TestCore } from '../support/core.ts';
import { ManualClock } from '../support/manualClock.ts';
import { readAll, settle } from '../support/reading.ts';

const MINUTE = 60_000;
let core: TestCore;
let clock: ManualClock;
let account: Account;
let people: string[];
/** What the system was given to show. */
let shown: { title: string; body: string; unlessLooking?: true }[];
beforeEach(async () => {
  // A Tuesday, 10:00 in Madrid.
  clock = new ManualClock(Date.UTC(2026, 10, 24, 9, 0));
  shown = [];
  core = await startCore({ clock });
  core.ports.notifier.notify = (message) => void shown.push(message);
  core.ports.zone = 'Europe/Madrid';
  account = await core.call('accounts.addPractice', {});
  people = (await core.control<{ username: string }[]>('GET', 'accounts')).map((each) => each.username).filter((each) => each !== account.username);
  await readAll(core);
  core.app.db.run('DELETE FROM cases');
});
afterEach(async () => {
  await core.stop();
});
const say = (username: string, text: string): Promise<{ id: string }> => core.control('POST', 'post', { username, text: `@${account.username} ${text}` });
const raised = (): string[] => core.events.filter((event) => event.name === 'notice.raised').map((event) => (event.payload as { code: string }).code);
const alerted = () => core.events.filter((event) => event.name === 'column.alerted').map((event) => event.payload as { count: number; sound: boolean; notice: boolean });
const mentions = async () => (await core.call('columns.list', {})).find((each) => each.source.kind === 'mentions')!;
const others = async (): Promise<void> => {
  for (const column of await core.call('columns.list', {})) await core.call('columns.remove', { columnId: column.id });
};

describe('notices', () => {
  it('wait for the end of quiet hours, over a start too, and are told as one; Activity has each; a kind that is off is never told', async () => {
    await core.call('settings.set', { notices: { kinds: ALL_NOTICES, sound: 'columns', quiet: { from: '09:30', to: '11:00' } } });
    await say(people[2]!, 'no funciona la descarga');
    await readAll(core);
    await others();
    await clock.advance(3 * MINUTE);
    await settle(core);
    const draft = await core.call('publications.save', { accountId: account.id, text: 'Una entrada', tier: 'free', tierReason: null, media: [] });
    if (draft.result !== 'placed') throw new Error('refused');
    await core.call('publications.sendNow', { id: draft.publication.id });
    await clock.advance(11_000);
    await settle(core);
    expect((await core.call('publications.get', { id: draft.publication.id })).state).toBe('posted');
    expect((await core.call('activity.list', { limit: 20 })).map((each) => each.code)).toEqual(expect.arrayContaining(['case_overdue', 'posted']));
    expect([raised(), shown]).toEqual([[], []]);
    await core.restart();
    await settle(core);
    expect([raised(), shown]).toEqual([[], []]);
    await clock.advance(60 * MINUTE);
    await settle(core);
    expect(raised()).toEqual(['quiet_over']);
    expect(shown).toMatchObject([{ title: 'Mientras no avisaba: 2', body: 'Respuestas vencidas: 1 · Entradas publicadas: 1' }]);
    // Told once; outside quiet hours each kind as its switch says, and the trial in any case.
    await core.call('settings.set', { notices: { kinds: { ...ALL_NOTICES, posted: false }, sound: 'columns', quiet: { from: '09:30', to: '11:00' } } });
    const next = await core.call('publications.save', { accountId: account.id, text: 'Otra entrada', tier: 'free', tierReason: null, media: [] });
    if (next.result !== 'placed') throw new Error('refused');
    await core.call('publications.sendNow', { id: next.publication.id });
    await clock.advance(11_000);
    await settle(core);
    expect((await core.call('publications.get', { id: next.publication.id })).state).toBe('posted');
    expect(await core.call('notices.test', {})).toEqual({ shown: 'window' });
    expect(raised()).toEqual(['quiet_over', 'test']);
    await expect(core.call('settings.set', { notices: { kinds: ALL_NOTICES, sound: 'all', quiet: { from: '08:00', to: '08:00' } } })).rejects.toMatchObject({ data: { code: 'bad_input' } });
  });

  it('of a column come at most once a minute with what came meanwhile, only of what its filter shows, and are kept with it', async () => {
    const column = await mentions();
    expect(column.alerts).toEqual({ sound: false, notice: false });
    await say(people[2]!, 'antes');
    await readAll(core);
    expect(alerted()).toEqual([]);
    await core.call('columns.setAlerts', { columnId: column.id, alerts: { sound: true, notice: true } });
    await core.call('columns.setFilter', { columnId: column.id, filter: { ...NO_FILTER, people: { mode: 'except', names: [people[4]!] } } });
    await say(people[2]!, 'uno');
    await say(people[4]!, 'de quien no se muestra');
    await readAll(core);
    expect(alerted()).toEqual([{ columnId: column.id, count: 1, sound: true, notice: true }]);
    expect(shown.filter((each) => each.unlessLooking)).toMatchObject([{ title: '1 nueva en Menciones' }]);
    await say(people[2]!, 'dos');
    await say(people[3]!, 'tres');
    await readAll(core);
    await clock.advance(MINUTE + 1000);
    await settle(core);
    expect(alerted().map((each) => each.count)).toEqual([1, 2]);
    const { undoId } = await core.call('columns.remove', { columnId: column.id });
    await core.call('undo.apply', { undoId });
    await core.restart();
    expect((await mentions()).alerts).toEqual({ sound: true, notice: true });
    const plan = (await core.call('columns.list', {})).find((each) => each.source.kind === 'scheduled')!;
    await expect(core.call('columns.setAlerts', { columnId: plan.id, alerts: { sound: true, notice: true } })).rejects.toMatchObject({ data: { code: 'bad_input' } });
  });
});
