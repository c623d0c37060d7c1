import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { readFirstSight } from '../../src/main/core/features/columns/firstSight.ts';
import { PostsRepository } from '../../src/main/core/features/columns/postsRepository.ts';
import { ColumnsRepository } from '../../src/main/core/features/columns/repository.ts';
import type { RemotePost } from '../../src/main/core/network/port.ts';
import type { Column } from '../../src/shared/contract/columns.ts';
import { takeSight, withSight } from '../../src/shared/contract/firstSight.ts';
import { NO_FILTER } from '../../src/shared/domain/columnFilter.ts';
import { snowflakeAt } from '../../src/shared/domain/ids.ts';
import { resources } from '../../src/shared/i18n/index.ts';
import { startCore, type TestCore } from '../support/core.ts';
import { ManualClock } from '../support/manualClock.ts';
import { tempProfile } from '../support/memoryPorts.ts';

let core: TestCore;
afterEach(async () => core?.stop());
const START = Date.UTC(2026, 10, 23, 9);
const NOW = START + 86_400_000;
const made = (n: number, draft: Partial<RemotePost> & { text: string }): RemotePost => ({
  id: String(BigInt(snowflakeAt(START + n * 60_000))), authorId: '71', createdAt: START + n * 60_000, lang: 'es', conversationId: null, entities: [], media: [], replyTo: null, quotedId: null, repostOfId: null,
  poll: null, edited: false, editHistory: [], metrics: { reposts: 0, replies: 0, likes: 0, quotes: 0 }, source: null, ...draft,
});
const PEOPLE = ['ines', 'omar', 'claire'].map((username, i) => ({ id: String(71 + i), username, name: username.toUpperCase(), avatarUrl: null, verified: i === 0, protected: false, bio: '', followers: null, maxWeighted: 280 }));

async function stage() {
  core = await startCore({ start: false, clock: new ManualClock(NOW) });
  const account = await core.call('accounts.addPractice', {});
  await core.call('settings.set', { lang: 'es', theme: 'dark', zone: 'Europe/Madrid' });
  const columns = await core.call('columns.list', {});
  const home = columns[0] as Column;
  const sourceId = new ColumnsRepository(core.app.db).get(home.id)?.sourceId ?? null;
  const posts = new PostsRepository(core.app.db, { register: (url) => url, path: () => null, load: () => Promise.resolve(null) });
  const put = (rows: RemotePost[], related: RemotePost[] = []): void => core.app.db.tx(() => posts.store({ origin: 'practice', accountId: account.id, sourceId, base: 'http://127.0.0.1', network: 'practice' }, { posts: rows, related, users: PEOPLE, gone: [] }, START));
  const sight = () => readFirstSight(core.ports.paths.database, NOW, 'UTC');
  /** What the column itself shows, by core. */
  const shown = async (): Promise<string[]> => (await core.call('columns.page', { columnId: home.id, limit: 14 })).rows.flatMap((row) => (row.row === 'post' ? [row.post.text] : []));
  return { account, home, columns, put, sight, shown };
}

describe('what a window shows before core stands', () => {
  it('is what its first column shows, with reposts, quotes, answers and pictures', async () => {
    const { put, sight, shown, columns } = await stage();
    const original = made(1, { text: 'El cierre del año, explicado', authorId: '73', metrics: { reposts: 1200, replies: 0, likes: 7, quotes: 0 } });
    const quoted = made(2, { text: 'Una encuesta', authorId: '72' });
    put([
      made(3, { text: 'RT @claire: El cie…', repostOfId: original.id }), made(4, { text: 'Miren esto', quotedId: quoted.id }), made(5, { text: 'Sí, hasta el viernes', replyTo: { postId: '9', userId: '72' } }),
      made(6, { text: 'Dos gráficos', media: [{ type: 'photo', key: 'a', url: 'https://pbs.twimg.com/a', width: 800, height: 400, alt: null }, { type: 'photo', key: 'b', url: null, width: null, height: null, alt: null }] }),
      ...Array.from({ length: 20 }, (_, i) => made(10 + i, { text: `entrada ${i}` })),
    ], [original, quoted]);
    const found = await sight();
    expect(found?.columns.map((each) => each.title)).toEqual(columns.map(({ source }) => ('query' in source ? source.query : resources.es.translation.deck[source.kind])));
    expect(found).toMatchObject({ lang: 'es', theme: 'dark', account: expect.stringMatching(/^@/) });
    expect(found?.columns[0]?.posts.map((post) => post.text)).toEqual(await shown());
    expect(found?.columns.slice(1).flatMap((each) => each.posts)).toEqual([]);
    core.app.db.run('DELETE FROM source_posts WHERE sort_id > CAST(:id AS INTEGER)', { id: made(6, { text: '' }).id });
    const [pictures, answer, quote, repost] = (await sight())?.columns[0]?.posts ?? [];
    expect(pictures).toMatchObject({ media: [2], name: 'INES', username: 'ines', verified: true });
    expect(answer).toMatchObject({ answers: 'En respuesta a @omar', quoted: null });
    expect(quote).toMatchObject({ quoted: { text: 'Una encuesta', username: 'omar' } });
    expect(repost).toMatchObject({ text: 'El cierre del año, explicado', username: 'claire', above: 'Reposteado por INES', counts: ['', '1200', '7'] });
  });
  it('leaves out what filters and mutes leave out, by words and by expressions', async () => {
    const { put, sight, shown, home } = await stage();
    put(Array.from({ length: 40 }, (_, i) => made(i, { text: i % 3 === 0 ? `sorteo ${i}` : `duda ${i}`, lang: i % 2 === 0 ? 'es' : 'en' })));
    await core.call('columns.setFilter', { columnId: home.id, filter: { ...NO_FILTER, lang: 'es' } });
    await core.call('mutes.add', { term: 'sorteo', accountId: null, until: null });
    expect((await sight())?.columns[0]?.posts.map((post) => post.text)).toEqual(await shown());
    await core.call('mutes.add', { term: '/du.a 1\\d/', accountId: null, until: null });
    const left = (await sight())?.columns[0]?.posts.map((post) => post.text) ?? [];
    expect(left).toEqual(await shown());
    expect(left).toContain('duda 20');
    expect(left.filter((each) => each.startsWith('duda 1'))).toEqual([]);
  });
  it('opens where reading stopped, folds what is folded, and keeps a post that is gone from being read', async () => {
    const { put, sight, home, columns, account } = await stage();
    put(Array.from({ length: 30 }, (_, i) => made(i, { text: `entrada ${i}` })));
    await core.call('columns.keepPlace', { columnId: home.id, place: { postId: made(20, { text: '' }).id, offset: 12 } });
    core.app.db.run('UPDATE posts SET tombstone = 1 WHERE id = :id', { id: made(19, { text: '' }).id });
    const [first] = (await sight())?.columns ?? [];
    expect([first?.posts[0]?.text, first?.offset, first?.posts[1]?.gone]).toEqual(['entrada 20', 12, expect.stringContaining('')]);
    expect(first?.posts[1]?.gone).not.toBeNull();
    for (const column of columns.slice(1, 3)) await core.call('columns.setGroup', { columnId: column.id, group: { name: 'Prensa', color: 'blue' } });
    await core.call('columns.foldGroup', { name: 'Prensa', collapsed: true });
    await core.call('columns.update', { columnId: home.id, collapsed: true });
    const folded = await sight();
    expect(folded?.columns.filter((each) => each.width === null).map((each) => [each.title, each.color])).toEqual([['Inicio', null], ['Prensa', 'blue']]);
    await core.call('accounts.remove', { accountId: account.id });
    expect(await sight()).toBeNull();
  });
  it('is nothing at a first run, without a database, with one of another version and with one that cannot be read', async () => {
    const { sight } = await stage();
    expect(await sight()).not.toBeNull();
    core.app.db.raw.pragma('user_version = 91');
    expect(await sight()).toBeNull();
    core.app.db.raw.pragma('user_version = 90');
    core.app.db.run("DELETE FROM settings WHERE key = 'lang'");
    expect(await sight()).toBeNull();
    const file = join(tempProfile(), 'parrilla.db');
    expect(await readFirstSight(file, NOW, 'UTC')).toBeNull();
    writeFileSync(file, 'no es una base de datos'.repeat(500));
    expect(await readFirstSight(file, NOW, 'UTC')).toBeNull();
    truncateSync(file, 0);
    expect(await readFirstSight(file, NOW, 'UTC')).toBeNull();
  });
  it('is carried by a page as data that no post can end', async () => {
    const { put, sight } = await stage();
    put([made(1, { text: '</script><script>alert(1)</script><!-- $& $1' })]);
    const found = await sight();
    if (!found) throw new Error('nothing');
    const block = withSight('</body>', found).replace('</body>', '');
    expect(block.match(/<\/?script/g)).toEqual(['<script', '</script']);
    expect(block).not.toContain('<!--');
    const textContent = /^<script[^>]*>(.*)<\/script>$/s.exec(block)?.[1] ?? '';
    let removed = 0;
    expect(takeSight({ getElementById: () => ({ textContent, remove: () => { removed += 1; } }) })).toEqual(found);
    expect(removed).toBe(1);
  });
});
