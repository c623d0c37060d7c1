import { afterEach, describe, expect, it } from 'vitest';
import { createRetention, RETENTION_MS } from '../../src/main/core/features/columns/retention.ts';
import { startCore, type TestCore, until } from '../support/core.ts';

let core: TestCore | null = null;
afterEach(async () => {
  await core?.stop();
  core = null;
});

describe('retention', () => {
  it('lets go of others\' posts after thirty days, keeps own posts and what is newer, and leaves no post without a column', async () => {
    core = await startCore();
    await core.call('accounts.addPractice', {});
    const columns = await until(async () => {
      const list = await core!.call('columns.list', {});
      return list.every((column) => column.refreshedAt !== null) ? list : null;
    });
    const home = columns.find((each) => each.source.kind === 'home')!;
    const own = columns.find((each) => each.source.kind === 'own')!;
    const count = async (id: string): Promise<number> => (await core!.call('columns.page', { columnId: id, limit: 200 })).rows.length;
    const stored = (sql: string): number => Number(core!.app.db.get(sql)?.['n']);
    const before = { home: await count(home.id), own: await count(own.id) };
    expect(before.home).toBeGreaterThan(10);
    const deps = { ports: core.ports, db: core.app.db } as Parameters<typeof createRetention>[0];
    const job = createRetention(deps);
    await job.run(Date.now());
    expect({ home: await count(home.id), own: await count(own.id) }).toEqual(before);
    await job.run(Date.now() + RETENTION_MS + 60_000);
    expect(await count(own.id)).toBe(before.own);
    // Of the home column only own posts are left.
    const left = (await core.call('columns.page', { columnId: home.id, limit: 200 })).rows;
    expect(left.every((row) => row.row === 'post' && row.post.author.username === 'CuentaClara')).toBe(true);
    expect(stored('SELECT count(*) AS n FROM posts p WHERE NOT EXISTS (SELECT 1 FROM source_posts sp WHERE sp.post_pk = p.pk) AND NOT EXISTS (SELECT 1 FROM account_posts ap WHERE ap.post_pk = p.pk)')).toBe(0);
    // What was said in a case stays as long as the case.
    expect(stored('SELECT count(*) AS n FROM case_messages')).toBeGreaterThan(5);
    expect(stored('SELECT count(*) AS n FROM case_messages m WHERE NOT EXISTS (SELECT 1 FROM posts p WHERE p.id = m.post_id)')).toBe(0);
    core.app.db.run('DELETE FROM cases');
    await createRetention(deps).run(Date.now() + RETENTION_MS + 60_000);
    expect(stored('SELECT count(*) AS n FROM posts')).toBeLessThan(before.home);
    expect(stored("SELECT count(*) AS n FROM posts_fts WHERE posts_fts MATCH 'iva OR factura OR vat'")).toBeLessThanOrEqual(stored('SELECT count(*) AS n FROM posts'));
  });
});
