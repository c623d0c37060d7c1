import { AppError } from '../../../../shared/contract/errors.ts';
import type { InputOf, OutputOf } from '../../../../shared/contract/index.ts';
import { type ItemRow, LONGEST_TEXT, MOST_ITEMS, MOST_VARIANTS } from '../../../../shared/contract/library.ts';
import { type DateOrder, plainWord, tierOfWord, wallOfWord } from '../../../../shared/domain/bulk.ts';
import { titleOf } from '../../../../shared/domain/library/text.ts';
import { normaliseText } from '../../../../shared/domain/text.ts';
import { canonicalUrl, proposeTier } from '../../../../shared/domain/tierByLink.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import { CsvUnreadable } from '../publishing/csv.ts';
import { type FileRow, readItems } from './file.ts';
import type { NewItem, StoredItem } from './repository.ts';
import { type LibraryService, REST_DAYS } from './service.ts';

type Input = InputOf<'library.importPreview'>;
type Reason = ItemRow['reason'];
/** Of a word that was not understood, and of a text, this much is told. */
const WORD_TOLD = 40;
const TEXT_TOLD = 300;
const LONGEST = { title: 200, url: 2000, theme: 60 };

/** An item as rows of the file make it: new, or one that is there brought up to date. */
interface Made {
  line: number;
  before: StoredItem | null;
  next: NewItem;
  texts: Set<string>;
  touched: boolean;
}

/** Day `YYYY-MM-DD` of what a person writes, with or without a time; null when it is none. */
export function dayOfWord(word: string, order: DateOrder, zone: string): string | null {
  return (wallOfWord(`${word} 00:00`, order, zone) ?? wallOfWord(word, order, zone))?.slice(0, 10) ?? null;
}

function readFile(content: string): ReturnType<typeof readItems> {
  try {
    const file = readItems(content);
    if (file.rows.length > MOST_ITEMS) throw new AppError('batch_too_large', { rows: file.rows.length, max: MOST_ITEMS });
    return file;
  } catch (cause) {
    if (cause instanceof CsvUnreadable) throw new AppError('csv_unreadable', { line: cause.line, detail: cause.message.slice(0, 200) }, { cause });
    throw cause;
  }
}

/** What a row's words mean, or why they cannot be taken. */
function understood(row: FileRow, input: Input, { policy, zone }: StoredAccount): { url: string | null; tier: string | null; publishedOn: string | null; expiresOn: string | null; trouble: Reason } {
  const refused = (code: string, params: Record<string, string | number> = {}): ReturnType<typeof understood> => ({ url: null, tier: null, publishedOn: null, expiresOn: null, trouble: { code, params } });
  const word = (text: string): { word: string } => ({ word: text.slice(0, WORD_TOLD) });
  if (row.title === '' && row.url === '' && row.text === '') return refused('empty');
  if ([row.title, row.url, row.theme, row.text].some((cell) => cell.includes('\ufffd'))) return refused('encoding');
  for (const [cell, max] of [[row.title, LONGEST.title], [row.url, LONGEST.url], [row.theme, LONGEST.theme], [row.text, LONGEST_TEXT]] as const) if (cell.length > max) return refused('too_long', { max });
  const web = row.url === '' || (!/\s/u.test(row.url) && /^[a-z][a-z0-9+.-]*:\/\/|\./iu.test(row.url) && canonicalUrl(row.url) !== null);
  if (!web) return refused('bad_url', word(row.url));
  const tier = row.tier === '' ? null : tierOfWord(row.tier, policy);
  if (row.tier !== '' && tier === null) return refused('bad_tier', word(row.tier));
  const [publishedOn, expiresOn] = [row.published, row.expires].map((cell) => (cell === '' ? null : dayOfWord(cell, input.dateOrder, zone)));
  if (row.published !== '' && !publishedOn) return refused('bad_date', word(row.published));
  if (row.expires !== '' && !expiresOn) return refused('bad_date', word(row.expires));
  return { url: row.url === '' ? null : /^https?:\/\//iu.test(row.url) ? row.url : `https://${row.url}`, tier, publishedOn: publishedOn ?? null, expiresOn: expiresOn ?? null, trouble: null };
}

export class LibraryImport {
  private readonly library: LibraryService;
  constructor(library: LibraryService) {
    this.library = library;
  }

  /** What a file would make: row by row, and the items. Nothing is written. */
  private judge(input: Input, account: StoredAccount): { preview: OutputOf<'library.importPreview'>; made: Made[] } {
    if (!account.policy.tiers.some((tier) => tier.key === input.defaultTier)) throw new AppError('bad_input', { path: 'defaultTier', detail: '' });
    const { rows, unknownColumns } = readFile(input.content);
    const keyOf = (title: string, url: string | null): string => (url === null ? `title ${plainWord(title)}` : `url ${canonicalUrl(url)}`);
    const stored = this.library.items.list(account.id);
    const known = new Map(stored.map((item) => [keyOf(item.title, item.url), item]));
    const made = new Map<string, Made>();
    let room = MOST_ITEMS - stored.length;
    const told = rows.map((row): ItemRow => {
      const { url, tier, publishedOn, expiresOn, trouble } = understood(row, input, account);
      const title = row.title || titleOf(row.text) || (url ?? '').replace(/^https?:\/\//iu, '').slice(0, LONGEST.title);
      const tell = (item: NewItem | null, verdict: ItemRow['verdict'], itemId: string | null, reason: Reason): ItemRow => ({
        line: row.line, title: (item?.title ?? title).slice(0, LONGEST.title), url: (item ? item.url : row.url || null)?.slice(0, LONGEST.url) ?? null, theme: item?.theme ?? row.theme.slice(0, LONGEST.theme), tier: item?.tier ?? row.tier.slice(0, WORD_TOLD),
        publishedOn, expiresOn, text: row.text.slice(0, TEXT_TOLD), verdict, itemId, reason,
      });
      if (trouble) return tell(null, 'skipped', null, trouble);
      const key = keyOf(title, url);
      const first = made.get(key);
      const before = first ? first.before : (known.get(key) ?? null);
      if (!first && !before && room <= 0) return tell(null, 'skipped', null, { code: 'full', params: { max: MOST_ITEMS } });
      const proposed = url === null ? null : proposeTier(url, account.urlRules);
      const group: Made = first ?? {
        line: row.line, before, touched: before === null, texts: new Set(before?.variants.map((each) => normaliseText(each.text))),
        next: before ?? {
          accountId: account.id, title, url, summary: '', theme: row.theme || input.defaultTheme, tier: tier ?? proposed ?? input.defaultTier, publishedOn, expiresOn, evergreen: false, restDays: REST_DAYS, notes: '',
          source: { kind: 'csv', name: input.name }, variants: [],
        },
      };
      if (!first) {
        made.set(key, group);
        if (!before) room -= 1;
      }
      // Cells that say something bring it up to date; of rows of one address each fills what those before left open.
      const given = { ...(row.title === '' ? {} : { title: row.title }), ...(row.theme === '' ? {} : { theme: row.theme }), ...(tier === null ? {} : { tier }), ...(publishedOn === null ? {} : { publishedOn }), ...(expiresOn === null ? {} : { expiresOn }) };
      const open = Object.entries(given).filter(([name, value]) => group.next[name as keyof typeof given] !== value && (!first || group.next[name as keyof typeof given] === null || group.next[name as keyof typeof given] === ''));
      if (open.length > 0) {
        group.next = { ...group.next, ...Object.fromEntries(open) };
        group.touched = true;
      }
      const text = normaliseText(row.text);
      const isNew = row.text !== '' && !group.texts.has(text);
      const full = isNew && group.next.variants.length >= MOST_VARIANTS;
      if (isNew && !full) {
        group.texts.add(text);
        group.next = { ...group.next, variants: [...group.next.variants, { text: row.text }] };
        group.touched = true;
      }
      const reason: Reason = full ? { code: 'most_texts', params: { max: MOST_VARIANTS } }
        : proposed !== null && proposed !== group.next.tier ? { code: 'tier_contradicts', params: { proposed } }
        : first ? { code: 'merged', params: { line: first.line } } : null;
      return tell(group.next, before ? 'same' : 'new', before?.id ?? null, reason);
    });
    const groups = [...made.values()];
    return {
      made: groups,
      preview: { rows: told, fresh: groups.filter((each) => !each.before).length, same: groups.filter((each) => each.before).length, skipped: told.filter((row) => row.verdict === 'skipped').length, unknownColumns },
    };
  }
  preview(input: Input, account: StoredAccount): OutputOf<'library.importPreview'> {
    return this.judge(input, account).preview;
  }
  commit(input: Input, account: StoredAccount): OutputOf<'library.import'> {
    const { made, preview } = this.judge(input, account);
    if (made.length === 0) throw new AppError('not_found', { what: 'row' });
    const rows = this.library.writeMany(account.id, made.filter((each) => each.touched));
    return { added: preview.fresh, changed: rows.filter((row) => row.before !== null).length, skipped: preview.skipped, undoId: this.library.undoOf('items_imported', rows) };
  }
}
