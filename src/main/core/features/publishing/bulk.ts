import type { InputOf, OutputOf } from '../../../../shared/contract/index.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { BulkRow } from '../../../../shared/contract/publications.ts';
import { MAX_BULK_ROWS, parseLines, type RawRow, tierOfWord, wallOfWord } from '../../../../shared/domain/bulk.ts';
import { readPostLine } from '../../../../shared/domain/bulkLine.ts';
import { publishUsd } from '../../../../shared/domain/price.ts';
import { admitBatch, type RatioIndex } from '../../../../shared/domain/ratio/index.ts';
import { isBlank, normaliseText, weightedLength } from '../../../../shared/domain/text.ts';
import { LONGEST_AHEAD_MS, wallToInstant } from '../../../../shared/domain/time.ts';
import type { Unit } from '../../../../shared/domain/types.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import type { Propose } from '../library/linkTiers.ts';
import type { PlanningService } from '../planning/service.ts';
import { CsvUnreadable, parseCsv } from './csv.ts';

type Input = InputOf<'publications.bulkPreview'>;
const SLOT_DAYS = 365;
const LONGEST = 10_000;
/** Of a word that was not understood, this much is told. */
const WORD_TOLD = 40;

function read(input: Input): { rows: RawRow[]; unknownColumns: string[] } {
  let found: { rows: RawRow[]; unknownColumns: string[] };
  try {
    found = input.format === 'csv' ? parseCsv(input.content) : { rows: parseLines(input.content), unknownColumns: [] };
  } catch (cause) {
    if (cause instanceof CsvUnreadable) throw new AppError('csv_unreadable', { line: cause.line, detail: cause.message.slice(0, 200) }, { cause });
    throw cause;
  }
  if (found.rows.length > MAX_BULK_ROWS) throw new AppError('batch_too_large', { rows: found.rows.length, max: MAX_BULK_ROWS });
  return found;
}

/** A row with its words understood: those of a pasted line's beginning, or of a file's columns. */
function understood(raw: RawRow, input: Input, account: StoredAccount, now: number) {
  const { policy, zone } = account;
  if (input.format === 'lines') {
    const line = readPostLine(raw.text, { policy, zone, now, order: input.dateOrder });
    return { ...line, line: raw.line, trouble: line.trouble && { code: line.trouble.code, params: { word: line.trouble.word.slice(0, WORD_TOLD) } } };
  }
  const named = (word: string): boolean => word.trim() !== '';
  const tier = named(raw.tierWord) ? tierOfWord(raw.tierWord, policy) : null;
  const wall = named(raw.timeWord) ? wallOfWord(raw.timeWord, input.dateOrder, zone) : null;
  const trouble = named(raw.tierWord) && tier === null ? { code: 'bad_tier', params: { word: raw.tierWord.slice(0, WORD_TOLD) } }
    : named(raw.timeWord) && wall === null ? { code: 'bad_date', params: { word: raw.timeWord.slice(0, WORD_TOLD) } } : null;
  return { ...raw, tier, wall, trouble, note: null };
}

/** Place of a row among equal times: rows of one minute keep the order of their file, and are planned in the order in which they were judged. */
export const placeInBatch = (mark: string, line: number): string => `~${mark}-${String(line).padStart(7, '0')}`;

/** Judges a paste or a file (DOMAIN §2, batches): each row by itself first, then the batch as a whole in due order. Nothing is written. */
export function judgeBulk(input: Input, account: StoredAccount, planning: PlanningService, propose: Propose, said: ReadonlySet<string>, mark: string): OutputOf<'publications.bulkPreview'> {
  const { policy, zone } = account;
  const index = planning.index(account);
  const { now } = index.plan;
  if (!policy.tiers.some((tier) => tier.key === input.defaultTier)) throw new AppError('bad_input', { path: 'defaultTier', detail: '' });
  const seen = new Set(said);
  const file = read(input);
  const rows = file.rows.map((given): BulkRow => {
    const raw = understood(given, input, account, now);
    const { wall } = raw;
    const proposed = propose(raw.text);
    const tier = raw.tier ?? proposed ?? input.defaultTier;
    const row = (verdict: BulkRow['verdict'], code: string | null, params: Record<string, string | number> = {}): BulkRow => ({
      line: raw.line, text: raw.text.slice(0, LONGEST), tier, wall, verdict, reason: code === null ? null : { code, params },
      ...(input.format === 'lines' ? { read: { time: raw.timeWord, tier: raw.tierWord }, note: raw.note } : {}),
    });
    if (isBlank(raw.text)) return row('skipped', 'empty');
    const length = weightedLength(raw.text);
    if (length > account.maxWeighted) return row('draft', 'too_long', { length, max: account.maxWeighted });
    const key = normaliseText(raw.text);
    if (seen.has(key)) return row('draft', 'duplicate');
    seen.add(key);
    if (raw.trouble?.code === 'bad_tier') return row('draft', 'bad_tier', raw.trouble.params);
    if (input.to === 'calendar' && proposed !== null && proposed !== tier) return row('draft', 'tier_contradicts', { proposed });
    if (raw.trouble) return row('draft', raw.trouble.code, raw.trouble.params);
    if (wall !== null && wallToInstant(wall, zone) > now + LONGEST_AHEAD_MS) return { ...row('draft', 'bad_date', { word: raw.timeWord.slice(0, WORD_TOLD) }), wall: null };
    if (input.to === 'calendar' && wall !== null && wallToInstant(wall, zone) <= now) return row('draft', 'past', { wall });
    return row('ok', null);
  });
  if (input.to === 'calendar') placeBatch(rows, account, planning, index, mark);
  const count = (verdict: BulkRow['verdict']): number => rows.filter((row) => row.verdict === verdict).length;
  return {
    rows, ok: count('ok'), drafts: count('draft'), skipped: count('skipped'),
    usd: rows.filter((row) => row.verdict === 'ok').reduce((sum, row) => sum + publishUsd(row.text), 0),
    unknownColumns: file.unknownColumns,
  };
}

/** Rows without a time take the next free slots of their tier in order; then the fewest non-base rows that break the rule stay out (RATIO 9). */
function placeBatch(rows: BulkRow[], account: StoredAccount, planning: PlanningService, index: RatioIndex, mark: string): void {
  const good = rows.filter((row) => row.verdict === 'ok');
  const taken = new Set<number>();
  for (const row of good) if (row.wall !== null) taken.add(wallToInstant(row.wall, account.zone));
  const template = planning.template(account.id);
  const slots = new Map<string, Generator<{ wall: string; at: number }>>();
  for (const row of good) {
    if (row.wall !== null) continue;
    const free = slots.get(row.tier) ?? planning.freeTimes(index, template, row.tier, SLOT_DAYS, taken);
    slots.set(row.tier, free);
    // Two tiers may be offered the same time: who comes first has it.
    let slot = free.next();
    while (!slot.done && taken.has(slot.value.at)) slot = free.next();
    if (slot.done) {
      row.verdict = 'draft';
      row.reason = { code: 'no_time', params: {} };
    } else {
      row.wall = slot.value.wall;
      taken.add(slot.value.at);
    }
  }
  if (account.policy.mode !== 'enforce') return;
  const units = new Map<string, BulkRow>();
  const batch: Unit[] = [];
  good.forEach((row) => {
    if (row.wall === null || row.verdict !== 'ok') return;
    const id = placeInBatch(mark, row.line);
    units.set(id, row);
    batch.push({ id, order: id, dueAt: wallToInstant(row.wall, account.zone), tier: row.tier, state: 'scheduled' });
  });
  for (const { id, violation } of admitBatch(index, batch).left) {
    const row = units.get(id);
    if (!row) continue;
    row.verdict = 'draft';
    row.reason = { code: 'ratio', params: { tier: violation.tier, part: violation.part, count: violation.count, allowed: violation.allowed, day: violation.part === 'totals' ? violation.day : '' } };
  }
}
