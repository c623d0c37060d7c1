import { afterEach, describe, expect, it } from 'vitest';
import { startCore, type TestCore, until } from '../support/core.ts';

let core: TestCore | null = null;
afterEach(async () => {
  await core?.stop();
  core = null;
});

describe('the practice account', () => {
  it('fills its columns and keeps moving, with the plan beside them', async () => {
    core = await startCore();
    const account = await core.call('accounts.addPractice', {});
    expect(account).toMatchObject({ network: 'practice', username: 'CuentaClara', state: 'connected' });
    const columns = await until(async () => {
      const list = await core!.call('columns.list', {});
      return list.length === 4 && list.every((column) => column.refreshedAt !== null || column.source.kind === 'scheduled') ? list : null;
    });
    expect(columns.map((column) => column.source.kind)).toEqual(['home', 'mentions', 'own', 'scheduled']);
    for (const column of columns.filter((each) => each.source.kind !== 'scheduled')) {
      const page = await core.call('columns.page', { columnId: column.id, limit: 50 });
      expect(page.rows.length).toBeGreaterThan(10);
      expect(column.error).toBeNull();
    }
    const home = columns[0]!;
    await core.control('POST', 'post', { username: 'raul_pyme', text: 'Lo más nuevo: < & > 😀 @CuentaClara https://example.org/a' });
    await core.call('columns.refresh', { columnId: home.id });
    const newest = await until(async () => {
      const page = await core!.call('columns.page', { columnId: home.id, limit: 5 });
      const row = page.rows[0];
      return row?.row === 'post' && row.post.text.startsWith('Lo más nuevo') ? row.post : null;
    });
    expect(newest.text).toMatch(/^Lo más nuevo: < & > 😀 @CuentaClara https:\/\/t\.co\/\w+$/);
    const link = newest.entities.find((each) => each.kind === 'url');
    expect(link?.href).toBe('https://example.org/a');
    expect([...newest.text].slice(link?.start, link?.end).join('')).toMatch(/^https:\/\/t\.co/);
    // Asking twice for the practice account gives the same one.
    expect((await core.call('accounts.addPractice', {})).id).toBe(account.id);
    expect(await core.call('columns.list', {})).toHaveLength(4);
  });

  it('publishes a scheduled post once, at its minute, and shows it in own posts', async () => {
    core = await startCore();
    const account = await core.call('accounts.addPractice', {});
    const saved = await core.call('publications.save', { accountId: account.id, text: 'Hoy explicamos el cierre https://cuentaclara.example.com/articulos/9', tier: 'free', tierReason: null, media: [] });
    if (saved.result !== 'placed') throw new Error('refused');
    const sending = await core.call('publications.sendNow', { id: saved.publication.id });
    expect(sending.result).toBe('placed');
    const posted = await until(async () => {
      const found = await core!.call('publications.get', { id: saved.publication.id });
      return found.state === 'posted' ? found : null;
    }, 20_000);
    expect(posted.remoteId).toMatch(/^\d+$/);
    const created = await core.control<{ text: string }[]>('GET', 'created');
    expect(created.filter((each) => each.text === posted.text)).toHaveLength(1);
    const own = (await core.call('columns.list', {})).find((column) => column.source.kind === 'own')!;
    await until(async () => (await core!.call('columns.page', { columnId: own.id, limit: 5 })).rows.some((row) => row.row === 'post' && row.post.id === posted.remoteId));
    expect((await core.call('publications.attempts', { id: posted.id })).map((each) => each.outcome)).toEqual(['accepted']);
  });
});
