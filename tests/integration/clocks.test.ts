import { afterEach, describe, expect, it } from 'vitest';
import type { Account } from '../../src/shared/contract/accounts.ts';
import type { Publication } from '../../src/shared/contract/publications.ts';
import { hourOfWeek, offHours } from '../../src/shared/domain/forecast.ts';
import { addDays, dayRange, instantToWall, wallToInstant } from '../../src/shared/domain/time.ts';
import { Durations } from '../../src/main/core/features/publishing/durations.ts';
import { startCore, type TestCore } from '../support/core.ts';
import { ManualClock } from '../support/manualClock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let core: TestCore | null = null;
let clock: ManualClock;
let account: Account;
afterEach(async () => {
  await core?.stop();
  core = null;
});
async function begin(start: number): Promise<TestCore> {
  clock = new ManualClock(start);
  core = await startCore({ clock });
  account = await core.call('accounts.addPractice', {});
  return core;
}
async function plan(text: string, wall: string): Promise<Publication> {
  const saved = await core!.call('publications.save', { accountId: account.id, text, tier: 'free', tierReason: null, media: [] });
  if (saved.result !== 'placed') throw new Error('refused');
  const placed = await core!.call('publications.place', { id: saved.publication.id, at: { wall } });
  if (placed.result !== 'placed') throw new Error('refused');
  return placed.publication;
}
const get = (id: string): Promise<Publication> => core!.call('publications.get', { id });
const count = async (text: string): Promise<number> => (await core!.control<{ text: string }[]>('GET', 'created')).filter((each) => each.text === text).length;
async function run(ms: number, step = 15_000): Promise<void> {
  for (let gone = 0; gone < ms; gone += step) {
    await clock.advance(step);
    await Promise.race([core!.app.idle(), new Promise((resolve) => setTimeout(resolve, 40))]);
  }
}

describe('wall times that are missing or come twice', () => {
  it.each([
    ['Europe/Madrid, 02:30 in spring is 03:30', '2027-03-28T02:30', 'Europe/Madrid', '2027-03-28T01:30:00Z', '2027-03-28T03:30'],
    ['Europe/Madrid, 02:30 in autumn is its first', '2026-10-25T02:30', 'Europe/Madrid', '2026-10-25T00:30:00Z', '2026-10-25T02:30'],
    ['America/New_York, 01:30 in autumn is its first', '2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00Z', '2026-11-01T01:30'],
    ['Lord Howe moves by half an hour', '2026-10-04T02:15', 'Australia/Lord_Howe', '2026-10-03T15:45:00Z', '2026-10-04T02:45'],
    ['Lord Howe goes back by half an hour', '2027-04-04T01:45', 'Australia/Lord_Howe', '2027-04-03T14:45:00Z', '2027-04-04T01:45'],
    ['Santiago has no midnight on that day', '2026-09-06T00:00', 'America/Santiago', '2026-09-06T04:00:00Z', '2026-09-06T01:00'],
    ['Cairo has no midnight on that day', '2026-04-24T00:30', 'Africa/Cairo', '2026-04-23T22:30:00Z', '2026-04-24T01:30'],
    ['a leap day', '2028-02-29T12:00', 'Europe/Madrid', '2028-02-29T11:00:00Z', '2028-02-29T12:00'],
  ])('%s', (_, wall, zone, instant, back) => {
    const at = wallToInstant(wall, zone);
    expect(new Date(at).toISOString()).toBe(new Date(instant).toISOString());
    expect(instantToWall(at, zone)).toBe(back);
  });
  it('has no 29 February in other years', () => {
    expect(() => wallToInstant('2027-02-29T12:00', 'Europe/Madrid')).toThrow(RangeError);
  });
  it('gives each day its own length, wherever the clocks change', () => {
    const hours = (day: string, zone: string): number => (dayRange(day, zone).end - dayRange(day, zone).start) / HOUR;
    expect([hours('2027-03-28', 'Europe/Madrid'), hours('2026-10-25', 'Europe/Madrid'), hours('2026-09-06', 'America/Santiago'), hours('2026-10-04', 'Australia/Lord_Howe'), hours('2026-04-24', 'Africa/Cairo')]).toEqual([23, 25, 23, 23.5, 23]);
    expect([addDays('2028-02-28', 1), addDays('2026-12-31', 1), addDays('2027-01-31', 1)]).toEqual(['2028-02-29', '2027-01-01', '2027-02-01']);
  });
});

describe('a clock that moves', () => {
  it('set back by hours sends nothing twice', async () => {
    await begin(Date.UTC(2026, 10, 24, 9, 0));
    const one = await plan('Antes del salto', '2026-11-24T10:02');
    await run(4 * MINUTE);
    expect((await get(one.id)).state).toBe('posted');
    clock.jumpWall(-3 * HOUR);
    await run(4 * HOUR, 5 * MINUTE);
    expect(await count('Antes del salto')).toBe(1);
  });
  it('set back by hours keeps nothing that is sent now waiting longer than its ten seconds', async () => {
    await begin(Date.UTC(2026, 10, 24, 9, 0));
    const draft = await core!.call('publications.save', { accountId: account.id, text: 'Ahora mismo', tier: 'free', tierReason: null, media: [] });
    if (draft.result !== 'placed') throw new Error('refused');
    const { id } = draft.publication;
    await core!.call('publications.sendNow', { id });
    await run(5000, 1000);
    expect((await get(id)).state).toBe('scheduled');
    clock.jumpWall(-5 * HOUR);
    await run(4000, 1000);
    expect(await count('Ahora mismo')).toBe(0);
    await run(3000, 500);
    expect(await get(id)).toMatchObject({ state: 'posted', late: false });
    expect(await count('Ahora mismo')).toBe(1);
  });
  it('set forward by hours sends nothing early where the network says otherwise: all goes to the tray', async () => {
    await begin(Date.UTC(2026, 10, 24, 9, 0));
    const one = await plan('Dentro de dos horas', '2026-11-24T12:00');
    await run(MINUTE);
    core!.sandbox.world.offsetMs = -5 * HOUR;
    clock.jumpWall(5 * HOUR);
    await run(2 * MINUTE);
    expect(await get(one.id)).toMatchObject({ state: 'missed', reason: { code: 'clock_jump' } });
    expect(await count('Dentro de dos horas')).toBe(0);
  });
  it('that slept sends what is within its grace as late, and the rest goes to the tray', async () => {
    await begin(Date.UTC(2026, 10, 24, 9, 0));
    const old = await plan('Muy antigua', '2026-11-24T10:05');
    const fresh = await plan('Reciente', '2026-11-24T13:30');
    await run(MINUTE);
    clock.jumpWall(4 * HOUR);
    await run(3 * MINUTE);
    expect(await get(old.id)).toMatchObject({ state: 'missed' });
    expect(await get(fresh.id)).toMatchObject({ state: 'posted', late: true });
  });
  it('never asks for a timer longer than one can be, and finds a post forty days on', async () => {
    await begin(Date.UTC(2026, 10, 24, 9, 0));
    const asked: number[] = [];
    const timer = clock.timer.bind(clock);
    clock.timer = (fn, ms) => {
      asked.push(ms);
      return timer(fn, ms);
    };
    await plan('En cuarenta días', '2027-01-03T10:00');
    await run(5 * MINUTE);
    clock.jumpWall(wallToInstant('2027-01-03T09:58', 'Europe/Madrid') - clock.now());
    await run(4 * MINUTE);
    expect(Math.max(...asked)).toBeLessThanOrEqual(30_000);
    expect(await count('En cuarenta días')).toBe(1);
  });
});

describe('what waits while the clock moves', () => {
  it('set back by an hour, columns are read on, and mentions are not an hour late', async () => {
    await begin(Date.UTC(2026, 10, 24, 9, 0));
    await run(MINUTE);
    clock.jumpWall(-HOUR);
    await run(2 * MINUTE);
    const person = core!.sandbox.world.users[3]!.username;
    const { id } = await core!.control<{ id: string }>('POST', 'post', { username: person, text: `@${account.username} ¿abrís hoy?` });
    await run(MINUTE);
    const [mentions] = (await core!.call('columns.list', {})).filter((column) => column.source.kind === 'mentions');
    expect(JSON.stringify(await core!.call('columns.page', { columnId: mentions!.id, limit: 20 }))).toContain(id);
  });
  it('wrong by a day when the program last ran, columns are read at the next start', async () => {
    await begin(Date.UTC(2026, 10, 25, 9, 0));
    await run(MINUTE);
    await core!.app.stop();
    clock.jumpWall(-24 * HOUR);
    await core!.restart();
    const before = (await core!.control<{ path: string }[]>('GET', 'requests')).length;
    await run(2 * MINUTE);
    expect((await core!.control<{ path: string }[]>('GET', 'requests')).slice(before).some((each) => each.path.includes('mentions'))).toBe(true);
  });
  it('a deletion keeps its ten seconds when the clock is set forward, and waits no hour when it is set back', async () => {
    await begin(Date.UTC(2026, 10, 24, 9, 0));
    const mine = async (text: string): Promise<string> => (await core!.control<{ id: string }>('POST', 'post', { username: account.username, text })).id;
    const deleted = (id: string): boolean => core!.sandbox.world.post(id)?.deleted ?? false;
    const first = await mine('Sobra');
    const { undoId } = await core!.call('outbox.put', { accountId: account.id, action: 'deletePost', postId: first });
    await run(2000, 1000);
    clock.jumpWall(HOUR);
    await run(3000, 1000);
    expect(deleted(first)).toBe(false);
    await core!.call('undo.apply', { undoId });
    const second = await mine('Sobra también');
    await core!.call('outbox.put', { accountId: account.id, action: 'deletePost', postId: second });
    await run(2000, 1000);
    clock.jumpWall(-HOUR);
    await run(MINUTE);
    expect([deleted(first), deleted(second)]).toEqual([false, true]);
  });
});

describe('another zone', () => {
  it('asks what stays, sends nothing because of it, and can be undone', async () => {
    await begin(Date.UTC(2026, 10, 24, 9, 0));
    const soon = await plan('A las doce', '2026-11-24T12:00');
    const tomorrow = await plan('Mañana a las nueve', '2026-11-25T09:00');
    // Twelve o'clock in Tokyo was at four in the morning here.
    const preview = await core!.call('accounts.zonePreview', { accountId: account.id, zone: 'Asia/Tokyo' });
    expect(preview.map((row) => row.past)).toEqual([true, false]);
    const changed = await core!.call('accounts.changeZone', { accountId: account.id, zone: 'Asia/Tokyo', keep: 'clock' });
    expect(changed).toMatchObject({ changed: 2, toTray: 1 });
    await run(2 * MINUTE);
    expect(await get(soon.id)).toMatchObject({ state: 'missed', reason: { code: 'zone_change' }, wall: '2026-11-24T12:00' });
    expect(await get(tomorrow.id)).toMatchObject({ state: 'scheduled', wall: '2026-11-25T09:00', zone: 'Asia/Tokyo', dueAt: Date.UTC(2026, 10, 25, 0, 0) });
    await core!.call('undo.apply', { undoId: changed.undoId });
    expect(await get(soon.id)).toMatchObject({ state: 'scheduled', zone: 'Europe/Madrid', dueAt: Date.UTC(2026, 10, 24, 11, 0) });
    const kept = await core!.call('accounts.changeZone', { accountId: account.id, zone: 'America/Santiago', keep: 'instant' });
    expect(kept.toTray).toBe(0);
    expect(await get(soon.id)).toMatchObject({ state: 'scheduled', zone: 'America/Santiago', wall: '2026-11-24T08:00', dueAt: Date.UTC(2026, 10, 24, 11, 0) });
    expect(await count('A las doce')).toBe(0);
  });
  it('undone, puts back what nobody touched since, keeps the moment of the rest, and sends nothing', async () => {
    await begin(Date.UTC(2026, 10, 24, 9, 0));
    const passes = await plan('Ya habrá pasado', '2026-11-24T10:05');
    const edited = await plan('Cambiada', '2026-11-25T09:00');
    const left = await plan('Como estaba', '2026-11-25T10:00');
    const { undoId } = await core!.call('accounts.changeZone', { accountId: account.id, zone: 'America/Santiago', keep: 'clock' });
    const save = await core!.call('publications.save', { id: edited.id, accountId: account.id, text: 'Cambiada después', tier: 'free', tierReason: null, media: [] });
    expect(save.result).toBe('placed');
    const fresh = await plan('Nueva', '2026-11-26T09:00');
    await run(6 * MINUTE, MINUTE);
    await core!.call('undo.apply', { undoId });
    expect((await core!.call('accounts.list', {}))[0]!.zone).toBe('Europe/Madrid');
    expect(await get(left.id)).toMatchObject({ state: 'scheduled', zone: 'Europe/Madrid', wall: '2026-11-25T10:00', dueAt: left.dueAt });
    expect(await get(passes.id)).toMatchObject({ state: 'draft', reason: { code: 'undo_past' } });
    expect(await get(edited.id)).toMatchObject({ state: 'scheduled', text: 'Cambiada después', zone: 'Europe/Madrid', wall: '2026-11-25T13:00', dueAt: Date.UTC(2026, 10, 25, 12, 0) });
    expect(await get(fresh.id)).toMatchObject({ state: 'scheduled', zone: 'Europe/Madrid', wall: '2026-11-26T13:00', dueAt: fresh.dueAt });
    expect(await count('Ya habrá pasado')).toBe(0);
  });
  it('is not undone under a zone chosen later', async () => {
    await begin(Date.UTC(2026, 10, 24, 9, 0));
    const first = await core!.call('accounts.changeZone', { accountId: account.id, zone: 'Asia/Tokyo', keep: 'clock' });
    const second = await core!.call('accounts.changeZone', { accountId: account.id, zone: 'America/Santiago', keep: 'clock' });
    await expect(core!.call('undo.apply', { undoId: first.undoId })).rejects.toMatchObject({ data: { code: 'undo_gone' } });
    await core!.call('undo.apply', { undoId: second.undoId });
    await core!.call('undo.apply', { undoId: first.undoId });
    expect((await core!.call('accounts.list', {}))[0]!.zone).toBe('Europe/Madrid');
  });
});

describe('the sleep forecast', () => {
  it('knows the hours in which this computer usually is off, after two weeks', () => {
    const zone = 'Europe/Madrid';
    const now = Date.UTC(2026, 10, 23, 9, 0);
    const on: number[] = [];
    for (let hour = now / HOUR - 21 * 24; hour < now / HOUR; hour += 1) {
      const slot = hourOfWeek(hour * HOUR, zone) % 24;
      if (slot >= 8 && slot < 20) on.push(hour);
    }
    const off = offHours(on, zone, now);
    expect(off.has(hourOfWeek(Date.UTC(2026, 10, 24, 2, 0), zone))).toBe(true);
    expect(off.has(hourOfWeek(Date.UTC(2026, 10, 24, 10, 0), zone))).toBe(false);
    expect(offHours([], zone, now).size).toBe(0);
  });
  it('is written as the app runs and asked for when a time is chosen', async () => {
    // Without an account nothing is polled: 48 simulated hours cost no request.
    clock = new ManualClock(Date.UTC(2026, 10, 2, 9, 0));
    core = await startCore({ clock });
    expect(await core!.call('scheduler.offHours', { zone: 'Europe/Madrid' })).toEqual({ known: false, hours: [] });
    for (let day = 0; day < 16; day += 1) {
      await run(3 * HOUR, HOUR);
      clock.jumpWall(21 * HOUR);
    }
    const { known, hours } = await core!.call('scheduler.offHours', { zone: 'Europe/Madrid' });
    expect(known).toBe(true);
    expect(hours).toContain(3 * 24 + 3);
    // Up to the minute in which it woke: the hour after it is sure.
    expect(hours).not.toContain(3 * 24 + 11);
  });
});

describe('what is left of a wait', () => {
  it('is whole milliseconds though monotonic time has parts of one: an instant made of it is shown, stored and compared as one', () => {
    let mono = 12.345;
    const durations = new Durations({ now: () => 1000, monotonic: () => mono, timer: () => () => {} });
    expect(durations.left('one', 6000, 60_000)).toBe(5000);
    mono += 1234.567;
    expect(durations.left('one', 6000, 60_000)).toBe(3766);
    expect(durations.left('other', 9000, 1000.5)).toBe(1001);
    expect(durations.since('look')).toBe(0);
    mono += 10_000.7;
    expect(durations.since('look')).toBe(10_000);
  });
});
