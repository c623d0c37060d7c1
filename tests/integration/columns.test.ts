import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { PostsRepository } from '../../src/main/core/features/columns/postsRepository.ts';
import { ColumnsRepository } from '../../src/main/core/features/columns/repository.ts';
import type { RemotePost, RemoteUser } from '../../src/main/core/network/port.ts';
import type { Column } from '../../src/shared/contract/columns.ts';
import type { InputOf } from '../../src/shared/contract/index.ts';
import { type ColumnFilter, NO_FILTER } from '../../src/shared/domain/columnFilter.ts';
import { snowflakeAt } from '../../src/shared/domain/ids.ts';
import { ManualClock } from '../support/manualClock.ts';
import { startCore, type TestCore } from '../support/core.ts';

let core: TestCore;
afterEach(async () => core?.stop());
const START = Date.UTC(2026, 10, 23, 9);

const person = (id: string, username: string): RemoteUser => ({ id, username, name: username, avatarUrl: null, verified: false, protected: false, bio: '', followers: null, maxWeighted: 280 });
const PEOPLE = [person('71', 'ines'), person('72', 'omar'), person('73', 'claire')];
type Draft = Partial<RemotePost> & { text: string };
/** A post of the minute `n`; the newest is the highest. */
const made = (n: number, draft: Draft): RemotePost => ({
  id: String(BigInt(snowflakeAt(START + n * 60_000))), authorId: '71', createdAt: START + n * 60_000, lang: 'es', conversationId: null, entities: [], media: [], replyTo: null, quotedId: null, repostOfId: null,
  poll: null, edited: false, editHistory: [], metrics: { reposts: 0, replies: 0, likes: 0, quotes: 0 }, source: null, ...draft,
});

interface Stage {
  home: Column;
  accountId: string;
  me: string;
  put: (posts: RemotePost[], options?: { related?: RemotePost[]; kind?: 'home' | 'mentions' | 'own' | null; accountId?: string }) => void;
  page: (limit?: number, before?: string) => Promise<{ texts: string[]; more: boolean; next: string | null }>;
  column: (id?: string) => Promise<Column>;
  filter: (filter: Partial<ColumnFilter>) => Promise<string>;
}
/** Core with an account whose columns read nothing from the network: posts are put in by hand. */
async function stage(): Promise<Stage> {
  core = await startCore({ start: false, clock: new ManualClock(START + 86_400_000) });
  const account = await core.call('accounts.addPractice', {});
  const columns = await core.call('columns.list', {});
  const home = columns.find((each) => each.source.kind === 'home');
  if (!home) throw new Error('no home column');
  const posts = new PostsRepository(core.app.db, { register: () => null, path: () => null, load: () => Promise.resolve(null) });
  const repository = new ColumnsRepository(core.app.db);
  const put: Stage['put'] = (rows, { related = [], kind = 'home', accountId = account.id } = {}) => {
    const column = columns.find((each) => each.source.kind === kind);
    const sourceId = column ? (repository.get(column.id)?.sourceId ?? null) : null;
    core.app.db.tx(() => posts.store({ origin: 'practice', accountId, sourceId, base: 'http://127.0.0.1', network: 'practice' }, { posts: rows, related, users: PEOPLE, gone: [] }, START));
  };
  const me = String(core.app.db.get('SELECT remote_id FROM accounts WHERE id = :id', { id: account.id })?.['remote_id']);
  return {
    home, accountId: account.id, me, put,
    async page(limit = 50, before) {
      const { rows, more, next } = await core.call('columns.page', { columnId: home.id, limit, ...(before === undefined ? {} : { before }) });
      return { texts: rows.map((row) => (row.row === 'post' ? row.post.text : `gap ${row.gapId}`)), more, next };
    },
    async column(id = home.id) {
      const found = (await core.call('columns.list', {})).find((each) => each.id === id);
      if (!found) throw new Error('no column');
      return found;
    },
    filter: async (filter) => (await core.call('columns.setFilter', { columnId: home.id, filter: { ...NO_FILTER, ...filter } })).undoId,
  };
}
const refusal = (run: Promise<unknown>): Promise<string> => run.then(() => 'done', (error: { code: string }) => error.code);

describe('filters of a column', () => {
  it('leave out by word, person, language, media and numbers, say how many are left, and are taken back', async () => {
    const { put, page, filter, home } = await stage();
    put([
      made(1, { text: 'Duda con la prórroga' }), made(2, { text: 'Sorteo: una duda' }), made(3, { text: 'A question', lang: 'en', authorId: '73' }),
      made(4, { text: 'Gráfico', media: [{ type: 'photo', key: '3_1', url: null, width: null, height: null, alt: null }] }), made(5, { text: 'Muy visto', metrics: { reposts: 4, replies: 0, likes: 90, quotes: 0 } }),
    ]);
    const cases: [Partial<ColumnFilter>, string[]][] = [
      [{ include: ['duda'], exclude: ['sorteo'] }, ['Duda con la prórroga']], [{ include: ['prorroga'] }, ['Duda con la prórroga']], [{ exclude: ['@claire', '/d[uú]da/'] }, ['Muy visto', 'Gráfico']],
      [{ lang: 'en' }, ['A question']], [{ media: true }, ['Gráfico']], [{ minLikes: 50, minReposts: 4 }, ['Muy visto']],
    ];
    for (const [wanted, texts] of cases) {
      await filter(wanted);
      expect((await page()).texts, JSON.stringify(wanted)).toEqual(texts);
      expect(await core.call('columns.tryFilter', { columnId: home.id, filter: { ...NO_FILTER, ...wanted } })).toEqual({ left: texts.length, of: 5 });
    }
    const undoId = await filter({ include: ['nada'] });
    expect((await page()).texts).toEqual([]);
    await core.call('undo.apply', { undoId });
    expect((await page()).texts).toEqual(['Muy visto']);
    await core.restart();
    expect((await page()).texts).toEqual(['Muy visto']);
  });
  it('look at what a repost shows and at what is quoted', async () => {
    const { put, page, filter } = await stage();
    const original = made(1, { text: 'El cierre del año, explicado', authorId: '73', metrics: { reposts: 0, replies: 0, likes: 7, quotes: 0 } });
    const quoted = made(2, { text: 'Sorteo de un viaje', authorId: '72' });
    put([made(3, { text: 'RT @claire: El cie…', repostOfId: original.id }), made(4, { text: 'Miren esto', quotedId: quoted.id })], { related: [original, quoted] });
    await filter({ include: ['explicado'], minLikes: 7 });
    expect((await page()).texts).toEqual(['El cierre del año, explicado']);
    await filter({ exclude: ['sorteo'] });
    expect((await page()).texts).toEqual(['El cierre del año, explicado']);
    await filter({ exclude: ['@claire'] });
    expect((await page()).texts).toEqual(['Miren esto']);
  });
  it('fill a page from further back, in steps that end, and keep gaps where they are', async () => {
    const { put, page, filter, home } = await stage();
    put(Array.from({ length: 6000 }, (_, i) => made(i, { text: i % 1500 === 0 ? `aguja ${i}` : `paja ${i}` })));
    const repository = new ColumnsRepository(core.app.db);
    repository.addGap(repository.get(home.id)?.sourceId ?? 0, { id: 'g', beforeId: made(5000, { text: '' }).id, afterId: made(4990, { text: '' }).id, estimate: 9 });
    await filter({ include: ['aguja'] });
    const texts: string[] = [];
    let pages = 0;
    for (let next: string | null | undefined; next !== null && pages < 100; pages += 1) {
      const got = await page(50, next ?? undefined);
      texts.push(...got.texts);
      next = got.more ? got.next : null;
    }
    expect(texts).toEqual(['gap g', 'aguja 4500', 'aguja 3000', 'aguja 1500', 'aguja 0']);
    expect(pages).toBeGreaterThanOrEqual(3);
    expect(pages).toBeLessThan(100);
  });
  it('never make what is left out unread', async () => {
    const { put, filter, column, home } = await stage();
    put([made(1, { text: 'vista' })]);
    await core.call('columns.markSeen', { columnId: home.id, postId: made(1, { text: '' }).id });
    put([made(2, { text: 'sorteo' }), made(3, { text: 'duda' }), made(4, { text: 'otro sorteo' })]);
    expect((await column()).unread).toBe(3);
    await filter({ exclude: ['sorteo'] });
    expect((await column()).unread).toBe(1);
    put([made(5, { text: 'sorteo' })]);
    expect((await column()).unread).toBe(1);
    await core.call('mutes.add', { term: 'duda', accountId: null, until: null });
    expect((await column()).unread).toBe(0);
  });
  it('refuse an expression that cannot be used when it is typed, and never later', async () => {
    const { put, page, filter, home } = await stage();
    put([made(1, { text: 'aaaa' })]);
    const tries = ['/(abc/', '/(?=a)b/', '/(a)\\1/', '/[z-a]/', '""', '   '];
    for (const term of tries) expect(await refusal(core.call('columns.setFilter', { columnId: home.id, filter: { ...NO_FILTER, include: [term] } })), term).toMatch(/^(filter_refused|bad_input)$/);
    for (const term of ['/(a{1000}){1000}/', '/((a{1,100}){1,10}){1,1000}/', `/${'(((x{1,10}){1,10}){1,10})'.repeat(18)}/`]) expect(await refusal(core.call('mutes.add', { term, accountId: null, until: null })), term).toBe('filter_too_heavy');
    expect(await refusal(core.call('columns.setFilter', { columnId: home.id, filter: { ...NO_FILTER, exclude: ['x'.repeat(501)] } }))).toBe('bad_input');
    // What blows up other engines takes its linear time here.
    await filter({ include: ['/(a+)+$/'] });
    put([made(2, { text: `${'a'.repeat(20_000)}!` })]);
    expect((await page()).texts).toEqual(['aaaa']);
    core.app.db.run("UPDATE columns SET filter = json_set(filter, '$.include[0]', '/(/') WHERE id = :id", { id: home.id });
    expect((await page()).texts).toEqual([]);
    core.app.db.run("UPDATE columns SET filter = '{\"old\":1}' WHERE id = :id", { id: home.id });
    expect((await page()).texts).toHaveLength(2);
  });
  it('page by page show what filtering everything at once shows', async () => {
    const { put, filter, page } = await stage();
    const words = ['duda', 'renta', 'sorteo', 'año', 'IVA'];
    let from = 0;
    const posts: RemotePost[] = [];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ text: fc.array(fc.constantFrom(...words), { minLength: 0, maxLength: 4 }).map((each) => each.join(' ')), lang: fc.constantFrom('es', 'en'), likes: fc.nat({ max: 4 }), authorId: fc.constantFrom('71', '72') }), { maxLength: 30 }),
        fc.record({ include: fc.subarray([...words, '/du?d/', '@omar'], { maxLength: 2 }), exclude: fc.subarray(words, { maxLength: 1 }), lang: fc.constantFrom(null, 'es'), minLikes: fc.nat({ max: 2 }) }),
        fc.integer({ min: 1, max: 40 }),
        async (drafts, wanted, size) => {
          const added = drafts.map((draft, i) => made(from + i, { text: draft.text, lang: draft.lang, authorId: draft.authorId, metrics: { reposts: 0, replies: 0, likes: draft.likes, quotes: 0 } }));
          from += added.length;
          posts.push(...added);
          put(added);
          await filter(wanted);
          const has = (post: RemotePost, term: string): boolean => (term === '@omar' ? post.authorId === '72' : term === '/du?d/' ? post.text.includes('dud') : post.text.split(' ').includes(term));
          const whole = posts.filter((post) => (wanted.lang === null || post.lang === wanted.lang) && post.metrics.likes >= wanted.minLikes
            && (wanted.include.length === 0 || wanted.include.some((term) => has(post, term))) && !wanted.exclude.some((term) => has(post, term))).map((post) => post.text).reverse();
          const texts: string[] = [];
          for (let next: string | null | undefined; next !== null;) {
            const got = await page(size, next ?? undefined);
            expect(got.texts.length).toBeLessThanOrEqual(size);
            texts.push(...got.texts);
            next = got.more ? got.next : null;
          }
          expect(texts).toEqual(whole);
        },
      ),
      { seed: 20_261_125, numRuns: 60, endOnFailure: true },
    );
  });
});

describe('mutes', () => {
  it('hold everywhere or in one account, run out by themselves, and are taken back', async () => {
    const { put, page, accountId } = await stage();
    const { clock } = core.ports;
    put([made(1, { text: 'sorteo' }), made(2, { text: 'renta' }), made(3, { text: 'de Omar', authorId: '72' })]);
    const { undoId } = await core.call('mutes.add', { term: 'sorteo', accountId: null, until: null });
    await core.call('mutes.add', { term: '@omar', accountId, until: clock.now() + 60_000 });
    expect((await page()).texts).toEqual(['renta']);
    await core.call('undo.apply', { undoId });
    expect((await page()).texts).toEqual(['renta', 'sorteo']);
    await (clock as ManualClock).advance(60_001);
    expect((await page()).texts).toEqual(['de Omar', 'renta', 'sorteo']);
    expect(await core.call('mutes.list', {})).toEqual([]);
    expect(await refusal(core.call('mutes.add', { term: 'x', accountId: null, until: clock.now() }))).toBe('time_in_past');
    const { mute } = await core.call('mutes.add', { term: 'renta', accountId: null, until: null });
    const removed = await core.call('mutes.remove', { muteId: mute.id });
    expect((await page()).texts).toContain('renta');
    await core.call('undo.apply', { undoId: removed.undoId });
    expect((await page()).texts).not.toContain('renta');
  });
  it('never hide what was written from here', async () => {
    const { put, me } = await stage();
    put([made(1, { text: 'Nuestro sorteo', authorId: me })], { kind: 'own' });
    await core.call('mutes.add', { term: 'sorteo', accountId: null, until: null });
    const own = (await core.call('columns.list', {})).find((each) => each.source.kind === 'own');
    expect((await core.call('columns.page', { columnId: own?.id ?? '', limit: 10 })).rows).toHaveLength(1);
  });
});

describe('the search in what is stored', () => {
  const found = async (input: InputOf<'columns.add'>, limit = 50): Promise<string[]> => {
    const column = await core.call('columns.add', input);
    const texts: string[] = [];
    for (let next: string | null | undefined; next !== null;) {
      const got = await core.call('columns.page', { columnId: column.id, limit, ...(next === undefined ? {} : { before: next }) });
      texts.push(...got.rows.map((row) => (row.row === 'post' ? row.post.text : 'gap')));
      next = got.more ? got.next : null;
    }
    await core.call('columns.remove', { columnId: column.id });
    return texts;
  };
  it('finds words without accents, phrases and beginnings, newest first whatever the order they came in', async () => {
    const { put, accountId } = await stage();
    put([made(5, { text: 'La declaración trimestral' }), made(9, { text: 'Declaracion anual' })]);
    put([made(2, { text: 'declaración vieja' }), made(7, { text: 'anual, la declaración' })]);
    const search = (query: string, limit?: number) => found({ accountId, source: { kind: 'local', query } }, limit);
    expect(await search('DECLARACION')).toEqual(['Declaracion anual', 'anual, la declaración', 'La declaración trimestral', 'declaración vieja']);
    expect(await search('declara', 1)).toEqual(['Declaracion anual', 'anual, la declaración', 'La declaración trimestral', 'declaración vieja']);
    expect(await search('"declaracion anual"')).toEqual(['Declaracion anual']);
    expect(await search('anual decl')).toEqual(['Declaracion anual', 'anual, la declaración']);
    expect(await search('text:x" OR 1')).toEqual([]);
    expect(await search('* -- (')).toEqual([]);
  });
  it('shows only what this account has read, no reposts beside their originals, nothing deleted, and obeys filters and mutes', async () => {
    const { put, accountId } = await stage();
    const original = made(1, { text: 'renta explicada', authorId: '73' });
    put([made(2, { text: 'RT @claire: renta explicada', repostOfId: original.id }), made(3, { text: 'renta y sorteo' })], { related: [original] });
    core.app.db.run("INSERT INTO accounts (id, network, origin, remote_id, username, name, avatar_url, role, auth, needs_reauth, policy, zone, url_rules, max_weighted, created_at, cap_usd, via) SELECT 'other', network, origin, '999', 'otra', 'Otra', avatar_url, role, auth, needs_reauth, policy, zone, url_rules, max_weighted, created_at, cap_usd, via FROM accounts LIMIT 1");
    put([made(4, { text: 'renta ajena' })], { accountId: 'other', kind: null });
    put(Array.from({ length: 300 }, (_, i) => made(10 + i, { text: `renta de otros ${i}` })), { accountId: 'other', kind: null });
    expect(await found({ accountId, source: { kind: 'local', query: 'renta' } }, 2)).toEqual(['renta y sorteo', 'renta explicada']);
    await core.call('mutes.add', { term: 'sorteo', accountId: null, until: null });
    expect(await found({ accountId, source: { kind: 'local', query: 'renta' } })).toEqual(['renta explicada']);
    core.app.db.run("UPDATE posts SET tombstone = 1, text = '' WHERE id = :id", { id: original.id });
    expect(await found({ accountId, source: { kind: 'local', query: 'renta' } })).toEqual([]);
  });
});

describe('a column stays as it was left', () => {
  it('with its place, its fold and its group, over a restart', async () => {
    const { home, column } = await stage();
    const other = (await core.call('columns.list', {})).find((each) => each.source.kind === 'mentions');
    const place = { postId: made(3, { text: '' }).id, offset: -12 };
    await core.call('columns.keepPlace', { columnId: home.id, place });
    await core.call('columns.update', { columnId: home.id, collapsed: true });
    await core.call('columns.setGroup', { columnId: home.id, group: { name: 'Impuestos', color: 'blue' } });
    await core.call('columns.setGroup', { columnId: other?.id ?? '', group: { name: 'Impuestos', color: 'violet' } });
    await core.call('columns.foldGroup', { name: 'Impuestos', collapsed: true });
    await core.restart();
    expect(await column()).toMatchObject({ place, collapsed: true, group: { name: 'Impuestos', color: 'violet', collapsed: true } });
    const { undoId } = await core.call('columns.setGroup', { columnId: home.id, group: null });
    expect((await column()).group).toBeNull();
    await core.call('undo.apply', { undoId });
    expect((await column()).group?.name).toBe('Impuestos');
    for (const id of [home.id, other?.id ?? '']) await core.call('columns.setGroup', { columnId: id, group: null });
    expect(core.app.db.all('SELECT * FROM column_groups')).toEqual([]);
    await core.call('columns.keepPlace', { columnId: home.id, place: null });
    expect((await column()).place).toBeNull();
  });
  it('with its filter and group when it is taken back, and when another takes after it', async () => {
    const { home, column, filter, accountId } = await stage();
    await filter({ exclude: ['sorteo'] });
    await core.call('columns.setGroup', { columnId: home.id, group: { name: 'G', color: 'red' } });
    const like = await core.call('columns.add', { accountId, source: { kind: 'search', query: 'x' }, like: home.id });
    expect(like).toMatchObject({ filter: { exclude: ['sorteo'] }, group: { name: 'G' } });
    await core.call('columns.remove', { columnId: like.id });
    const { undoId } = await core.call('columns.remove', { columnId: home.id });
    await core.call('undo.apply', { undoId });
    expect(await column()).toMatchObject({ filter: { exclude: ['sorteo'] }, group: { name: 'G', color: 'red' } });
  });
});

describe('the panels beside the columns', () => {
  it('show what a person wrote here, what was said between us, and what was noted', async () => {
    const { put, accountId, me } = await stage();
    put([made(1, { text: 'de Inés' }), made(2, { text: 'de Omar', authorId: '72' })]);
    put([made(3, { text: '@CuentaClara una duda' })], { kind: 'mentions' });
    put([made(4, { text: '@ines claro', authorId: me, replyTo: { postId: made(3, { text: '' }).id, userId: '71' } })], { kind: 'own' });
    await core.call('inbox.setPerson', { accountId, personId: '71', labels: ['clienta'] });
    const ines = await core.call('columns.person', { accountId, personId: '71' });
    expect(ines).toMatchObject({ author: { username: 'ines' }, labels: ['clienta'] });
    expect(ines.posts.map((post) => post.text)).toEqual(['@CuentaClara una duda', 'de Inés']);
    expect(ines.exchanges.map((each) => `${each.direction} ${each.post.text}`)).toEqual(['out @ines claro', 'in @CuentaClara una duda']);
    expect(await refusal(core.call('columns.person', { accountId, personId: '404' }))).toBe('not_found');
  });
  it('show a conversation in its order and say what of it is not here', async () => {
    const { put, accountId } = await stage();
    const root = made(1, { text: 'raíz' });
    const missing = made(2, { text: '' });
    const conversationId = root.id;
    put([made(5, { text: 'responde a lo que falta', conversationId, replyTo: { postId: missing.id, userId: '72' } }), made(3, { text: 'respuesta', conversationId, replyTo: { postId: root.id, userId: '71' } }), { ...root, conversationId }]);
    const shown = await core.call('columns.conversation', { accountId, postId: made(3, { text: '' }).id });
    expect(shown.rows.map((row) => (row.row === 'post' ? row.post.text : 'gap'))).toEqual(['raíz', 'respuesta', 'gap', 'responde a lo que falta']);
    expect(shown).toMatchObject({ missing: 1, usd: 0 });
    expect(await refusal(core.call('columns.conversation', { accountId, postId: '404' }))).toBe('not_found');
  });
});
