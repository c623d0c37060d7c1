import Database from 'better-sqlite3';
import type { PostEntity } from '../../../../shared/contract/columns.ts';
import type { FirstSight, SightColumn, SightPost, SightWords } from '../../../../shared/contract/firstSight.ts';
import { type ColumnFilter, type CompileExpression, filterTest, NO_FILTER, parseTerm, wordsOf } from '../../../../shared/domain/columnFilter.ts';
import { type Format, formatOf, type Hours } from '../../../../shared/i18n/format.ts';
import enDeck from '../../../../shared/i18n/locales/en/deck.json' with { type: 'json' };
import enShell from '../../../../shared/i18n/locales/en/shell.json' with { type: 'json' };
import esDeck from '../../../../shared/i18n/locales/es/deck.json' with { type: 'json' };
import esShell from '../../../../shared/i18n/locales/es/shell.json' with { type: 'json' };
import { defineStatements, type Row } from '../../db/db.ts';
import { SCHEMA_VERSION } from '../../db/version.ts';
import { BESIDE } from './beside.ts';

/** As many as a tall window shows; that many more are looked at where a filter leaves some out. */
const SHOWN = 14;
const LOOKED = 60;
const WORDS = { es: { deck: esDeck, shell: esShell }, en: { deck: enDeck, shell: enShell } };
const RAIL = ['deck', 'calendar', 'library', 'inbox', 'activity', 'settings'] as const;

const q = defineStatements('firstSight', {
  settings: "SELECT key, value FROM settings WHERE key IN ('lang', 'theme', 'zone', 'hour12', 'currentAccountId')",
  accounts: 'SELECT id, username FROM accounts ORDER BY created_at, id',
  columns: `SELECT c.width, c.collapsed, c.filter, c.source_id, CAST(c.place_id AS TEXT) AS place_id, c.place_offset, c.account_id, a.username, s.kind, s.query, g.name AS group_name, g.color, g.collapsed AS folded
    FROM columns c JOIN sources s ON s.id = c.source_id JOIN accounts a ON a.id = c.account_id LEFT JOIN column_groups g ON g.name = c.group_name ORDER BY c.position, c.id`,
  mutes: 'SELECT term FROM mutes WHERE (account_id IS NULL OR account_id = :accountId) AND (until IS NULL OR until > :now)',
  posts: `SELECT p.id, p.author_id, p.text, p.lang, p.payload, p.created_at, p.tombstone, p.repost_of_id, p.reply_to_id, u.username, u.name, u.verified,
      o.id AS o_id, o.text AS o_text, o.lang AS o_lang, o.payload AS o_payload, o.created_at AS o_created_at, o.tombstone AS o_tombstone, o.reply_to_id AS o_reply_to_id, ou.username AS o_username, ou.name AS o_name, ou.verified AS o_verified,
      qp.text AS q_text, qp.lang AS q_lang, qp.payload AS q_payload, qp.created_at AS q_created_at, qp.tombstone AS q_tombstone, qu.username AS q_username, qu.name AS q_name, qu.verified AS q_verified, ru.username AS answered
    FROM source_posts sp JOIN posts p ON p.pk = sp.post_pk ${BESIDE}
    LEFT JOIN users qu ON qu.origin = qp.origin AND qu.id = qp.author_id
    LEFT JOIN users ru ON ru.origin = p.origin AND ru.id = CASE WHEN o.id IS NULL THEN p.reply_to_user_id ELSE o.reply_to_user_id END
    WHERE sp.source_id = :sourceId AND sp.sort_id <= CAST(:from AS INTEGER) ORDER BY sp.sort_id DESC LIMIT ${LOOKED}`,
});

interface Payload {
  entities?: PostEntity[];
  media?: { url: string | null; width: number | null; height: number | null }[];
  metrics?: { replies: number; reposts: number; likes: number };
}
const payloadOf = (row: Row, of: string): Payload => JSON.parse(String(row[`${of}payload`])) as Payload;
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const fill = (words: string, values: Record<string, string>): string => words.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '');

/** Of the post itself (``), of the one it reposts (`o_`) or of the quoted one (`q_`). */
function wordsFrom(row: Row, of: '' | 'o_' | 'q_', format: Format, now: number): SightWords {
  const { entities = [], media = [] } = payloadOf(row, of);
  return {
    name: text(row[`${of}name`]) || text(row[`${of}username`]), username: text(row[`${of}username`]), verified: row[`${of}verified`] === 1,
    stamp: format.stamp(Number(row[`${of}created_at`]), now), text: text(row[`${of}text`]), entities, lang: row[`${of}lang`] === null ? null : text(row[`${of}lang`]),
    media: media.filter((each) => each.url !== null).map(({ width, height }) => (width && height ? width / height : null)),
  };
}
function postFrom(row: Row, lang: 'es' | 'en', format: Format, now: number): SightPost {
  const { deck } = WORDS[lang];
  const of = row['o_id'] === null ? '' : 'o_';
  const { metrics } = payloadOf(row, of);
  const count = (n: number | undefined): string => (n ? format.number(n) : '');
  const answered = row[`${of}reply_to_id`] === null ? null : row['answered'] === null ? deck.replying : fill(deck.replyingTo, { username: text(row['answered']) });
  const reposted = row['repost_of_id'] !== null && row['tombstone'] !== 1;
  return {
    ...wordsFrom(row, of, format, now), id: text(row['id']),
    above: reposted ? fill(deck.repostedBy, { name: text(row['name']) || text(row['username']) }) : null, answers: answered,
    gone: row[`${of}tombstone`] === 1 ? deck.gone : null,
    quoted: row['q_text'] === null || row['q_tombstone'] === 1 ? null : wordsFrom(row, 'q_', format, now),
    counts: [count(metrics?.replies), count(metrics?.reposts), count(metrics?.likes)],
  };
}

/** A row as filters and mutes see it, as columns ask them (`pages.ts`). */
function passes(row: Row, test: ReturnType<typeof filterTest>): boolean {
  if (!test) return true;
  const of = row['o_id'] === null ? '' : 'o_';
  const words = row['q_text'] === null ? text(row[`${of}text`]) : `${text(row[`${of}text`])}\n${text(row['q_text'])}`;
  return test({
    text: words, words: () => wordsOf(words), lang: row[`${of}lang`] === null ? null : text(row[`${of}lang`]),
    people: [row['username'], row['o_username']].flatMap((name) => (typeof name === 'string' ? [name] : [])),
    numbers: () => {
      const { metrics, media } = payloadOf(row, of);
      return { likes: metrics?.likes ?? 0, reposts: metrics?.reposts ?? 0, media: (media?.length ?? 0) > 0 };
    },
  });
}

/**
 * Reads what a window shows before core stands, by a connection of its own that writes nothing: languages, theme, columns and the posts of the first
 * one that is open. Null where there is nothing of the kind: a first run, a database of another version, none at all, one that cannot be read.
 */
export async function readFirstSight(path: string, now: number, systemZone: string, nativeBinding?: string): Promise<FirstSight | null> {
  let db: Database.Database | null = null;
  try {
    db = new Database(path, { readonly: true, fileMustExist: true, ...(nativeBinding ? { nativeBinding } : {}) });
    if (Number(db.pragma('user_version', { simple: true })) !== SCHEMA_VERSION) return null;
    return await read(db, now, systemZone);
  } catch {
    // Whatever it is, core meets it next and says it.
    return null;
  } finally {
    db?.close();
  }
}

async function read(db: Database.Database, now: number, systemZone: string): Promise<FirstSight | null> {
  const all = (sql: string, params: Row = {}): Row[] => db.prepare<[Row], Row>(sql).all(params);
  const settings = new Map(all(q.settings).map((row) => [row['key'], JSON.parse(text(row['value'])) as unknown]));
  const lang = settings.get('lang');
  const accounts = all(q.accounts);
  const account = accounts.find((row) => row['id'] === settings.get('currentAccountId')) ?? accounts[0];
  if ((lang !== 'es' && lang !== 'en') || !account) return null;
  const format = formatOf(lang, text(settings.get('zone')) || systemZone, (settings.get('hour12') ?? 'auto') as Hours);
  const { deck, shell } = WORDS[lang];
  const rows = all(q.columns);
  const first = rows.find((row) => row['folded'] !== 1 && row['collapsed'] !== 1);
  const shown = first && first['kind'] !== 'scheduled' && first['kind'] !== 'local' ? await postsOf(all, first, lang, format, now) : [];
  const seen = new Set<string>();
  const columns = rows.flatMap((row): SightColumn[] => {
    const kind = text(row['kind']);
    const title = kind === 'search' || kind === 'local' ? text(row['query']) : text(deck[kind as 'home']);
    const color = row['color'] === null ? null : text(row['color']);
    const group = row['folded'] === 1 ? text(row['group_name']) : null;
    if (group !== null) {
      if (seen.has(group)) return [];
      seen.add(group);
      return [{ title: group, sub: '', width: null, color, posts: [], offset: 0 }];
    }
    if (row['collapsed'] === 1) return [{ title, sub: '', width: null, color, posts: [], offset: 0 }];
    return [{ title, sub: `@${text(row['username'])}`, width: Number(row['width']), color, posts: row === first ? shown : [], offset: row['place_id'] === null ? 0 : Number(row['place_offset']) }];
  });
  const theme = settings.get('theme');
  return { lang, theme: theme === 'light' || theme === 'dark' ? theme : 'auto', rail: RAIL.map((each) => shell[each]), account: `@${text(account['username'])}`, search: shell.command, columns };
}

/** The engine of expressions, read only where one is there. What it refuses matches nothing, as in the column itself. */
async function engineFor(terms: readonly string[]): Promise<CompileExpression> {
  if (!terms.some((term) => parseTerm(term)?.kind === 'expression')) return () => () => false;
  const { compileExpression } = await import('./expression.ts');
  return (source) => {
    const test = compileExpression(source);
    return typeof test === 'string' ? () => false : test;
  };
}

async function postsOf(all: (sql: string, params: Row) => Row[], column: Row, lang: 'es' | 'en', format: Format, now: number): Promise<SightPost[]> {
  const accountId = text(column['account_id']);
  const filter = column['filter'] === null ? NO_FILTER : { ...NO_FILTER, ...(JSON.parse(text(column['filter'])) as Partial<ColumnFilter>) };
  const mutes = column['kind'] === 'own' ? [] : all(q.mutes, { accountId, now }).map((row) => text(row['term']));
  const test = filterTest(filter, mutes, await engineFor([...filter.include, ...filter.exclude, ...mutes]));
  const rows = all(q.posts, { accountId, sourceId: column['source_id'], from: column['place_id'] ?? '9223372036854775807' });
  return rows.filter((row) => passes(row, test)).slice(0, SHOWN).map((row) => postFrom(row, lang, format, now));
}
