import { describe, expect, it } from 'vitest';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { LibraryItem } from '../../../shared/contract/library.ts';
import { buildIndex } from '../../../shared/domain/ratio/index.ts';
import { addDays, wallToInstant } from '../../../shared/domain/time.ts';
import { DEFAULT_POLICY, type Unit } from '../../../shared/domain/types.ts';
import { type Plan, ruleOf } from '../calendar/usePlan.ts';
import { nextSlot } from './nextSlot.ts';

const ZONE = 'Europe/Madrid';
const TODAY = '2026-11-25';
const NOW = wallToInstant(`${TODAY}T12:30`, ZONE);
const account = { id: 'a', policy: DEFAULT_POLICY, zone: ZONE, via: 'api' } as Account;
const SLOTS = [{ minute: 11 * 60, tier: 'free', theme: 'Artículos' }, { minute: 13 * 60, tier: 'free', theme: 'Noticias' }, { minute: 15 * 60, tier: 'premium', theme: 'Enlaces' }, { minute: 16 * 60, tier: 'free', theme: 'Artículos' }];
const unit = (wall: string, tier: string): Unit => ({ id: wall, dueAt: wallToInstant(wall, ZONE), tier, state: 'scheduled' });
const plan = (units: Unit[] = [], hasTemplate = true): Pick<Plan, 'rule' | 'units' | 'slotsOf' | 'hasTemplate'> => ({
  units, hasTemplate, rule: ruleOf(buildIndex({ policy: DEFAULT_POLICY, zone: ZONE, now: NOW, period: 'week', units })),
  slotsOf: (days, now) => days.flatMap((day) => SLOTS.map((slot) => ({ day, ...slot }))).filter((slot) => wallToInstant(`${slot.day}T${String(slot.minute / 60)}:00`, ZONE) > now),
});
const item = (patch: Partial<LibraryItem> = {}): LibraryItem => ({
  id: 'i', accountId: 'a', title: 'T', url: null, summary: '', theme: 'articulos', tier: 'free', publishedOn: null, expiresOn: null, evergreen: false, restDays: 0, notes: '', source: { kind: 'hand', name: '' },
  variants: [], media: [], shares: 0, lastSharedAt: null, nextDueAt: null, views: null, interactions: null, clicks: null, z7: null, link: null, revision: 1, createdAt: 0, updatedAt: 0, ...patch,
});
const found = (of: LibraryItem, units: Unit[] = [], hasTemplate = true): string | null => nextSlot(of, account, plan(units, hasTemplate), NOW)?.wall ?? null;

describe('the next slot of an item', () => {
  it('is the first to come of its tier and theme, where nothing stands yet', () => {
    expect(found(item())).toBe(`${TODAY}T16:00`);
    expect(found(item(), [unit(`${TODAY}T16:00`, 'free')])).toBe('2026-11-26T11:00');
  });
  it('is of its tier where none has its theme, and within the days on which it holds', () => {
    expect(found(item({ theme: 'Otros' }))).toBe(`${TODAY}T13:00`);
    expect(found(item({ publishedOn: '2026-11-28' }))).toBe('2026-11-28T11:00');
    expect(found(item({ expiresOn: addDays(TODAY, -1) }))).toBeNull();
  });
  it('is one that the rule takes: premium only beside the free posts it leans on', () => {
    const full = Array.from({ length: 5 }, (_, i) => unit(`${TODAY}T17:0${i}`, 'premium'));
    expect(found(item({ tier: 'premium', theme: 'Enlaces' }), full)).toBeNull();
    expect(found(item({ tier: 'premium', theme: 'Enlaces' }))).toBe(`${TODAY}T15:00`);
  });
  it('is the next free quarter without a template', () => {
    expect(found(item(), [unit(`${TODAY}T12:45`, 'free')], false)).toBe(`${TODAY}T13:00`);
  });
});
