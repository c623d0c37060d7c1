import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Account } from '../../src/shared/contract/accounts.ts';
import type { LibraryItem } from '../../src/shared/contract/library.ts';
import { addDays, dayOf } from '../../src/shared/domain/time.ts';
import { startCore, type TestCore } from '../support/core.ts';
import { ManualClock } from '../support/manualClock.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const START = Date.UTC(2026, 10, 24, 9, 0);
type Site = { url: string; asked: string[]; close(): Promise<void> };
/** A website on this computer, which remembers what it was asked. */
async function site(answer: (path: string, response: ServerResponse) => void): Promise<Site> {
  const asked: string[] = [];
  const server: Server = createServer((request: IncomingMessage, response) => {
    asked.push(request.url ?? '');
    answer(request.url ?? '', response);
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

let core: TestCore;
let clock: ManualClock;
let account: Account;
let web: Site;
let other: Site;
/** Codes of paths, and titles of those that are there. */
let pages: Record<string, number | string>;
afterEach(async () => {
  await core?.stop();
  await Promise.all([web?.close(), other?.close()]);
});
async function begin(): Promise<void> {
  pages = {};
  other = await site((_, response) => void response.end('dentro'));
  web = await site((path, response) => {
    const page = pages[path] ?? 404;
    if (path === '/mueve') response.writeHead(302, { location: '/gone' }).end();
    else if (path === '/fuera') response.writeHead(302, { location: `${other.url}/dentro` }).end();
    else if (path === '/vueltas') response.writeHead(302, { location: '/vueltas' }).end();
    else if (typeof page === 'number') response.writeHead(page, { 'content-type': 'text/html' }).end('<title>Error</title>');
    else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(`<!doctype html><title>${page}</title>${'x'.repeat(200_000)}`);
  });
  clock = new ManualClock(START);
  // It stands in for X: the only server on this computer that is asked.
  core = await startCore({ clock, apiOrigin: 'cable', cable: () => Promise.resolve({ url: web.url }) });
  account = await core.call('accounts.addPractice', {});
  for (const column of await core.call('columns.list', {})) await core.call('columns.remove', { columnId: column.id });
  await core.app.idle();
}
async function save(title: string, url: string, more: Partial<LibraryItem> = {}): Promise<LibraryItem> {
  const saved = await core.call('library.save', { accountId: account.id, title, url, summary: '', theme: 'Artículos', tier: 'free', publishedOn: null, expiresOn: null, evergreen: true, restDays: 1, notes: '', variants: [], ...more, media: [] });
  if (saved.result !== 'saved') throw new Error('the same address');
  return saved.item;
}
const list = (): Promise<LibraryItem[]> => core.call('library.list', { accountId: account.id });
const statuses = async (): Promise<Record<string, string>> => Object.fromEntries((await list()).map((item) => [item.title, item.link === null ? 'never' : `${item.link.status} ${item.link.code ?? '-'}`]));
/** Minute by minute, with what is asked meanwhile answered. */
async function pass(minutes: number): Promise<void> {
  for (let i = 0; i < minutes; i += 1) {
    await clock.advance(MINUTE);
    await core.app.idle();
  }
}

describe('the links of items', () => {
  it('are looked at one by one, what is planned first, each at most once a week; only what says so is broken', async () => {
    await begin();
    pages = { '/abre': 'Cierre', '/cerrada': 403, '/rota': 500, '/luego': 'Luego' };
    for (const path of ['abre', 'gone', 'mueve', 'cerrada', 'rota', 'fuera', 'vueltas']) await save(path, `${web.url}/${path}`);
    await save('ejemplo', 'https://cuentaclara.example.com/x');
    await save('sin cifrar', 'http://parrilla.dev/x');
    await save('dentro', `${other.url}/dentro`);
    await save('caducado', `${web.url}/caducado`, { expiresOn: addDays(dayOf(START, account.zone), -3) });
    const later = await save('luego', `${web.url}/luego`);
    const { publication } = await core.call('library.compose', { id: later.id, variantId: null });
    await core.call('publications.place', { id: publication.id, at: { wall: `${addDays(dayOf(START, account.zone), 20)}T10:00` } });
    await pass(2);
    expect(web.asked).toEqual([]);
    await pass(12);
    const first = [...web.asked];
    expect(first[0]).toBe('/luego');
    expect(first.filter((path) => path === '/abre')).toHaveLength(1);
    expect(await statuses()).toEqual({
      abre: 'ok 200', gone: 'broken 404', mueve: 'broken 404', cerrada: 'unsure 403', rota: 'unsure 500', fuera: 'unsure -', vueltas: 'unsure -', luego: 'ok 200', ejemplo: 'never', 'sin cifrar': 'never', dentro: 'never', caducado: 'never',
    });
    // A way that leads to another server on this computer ends there.
    expect(other.asked).toEqual([]);
    await core.restart();
    await pass(10);
    expect(web.asked).toEqual(first);
    // A week later each is asked once more: what opens again is no longer broken, and a title that changed is told.
    pages['/gone'] = 'Ha vuelto';
    pages['/abre'] = 'Cierre de 2027';
    clock.jumpWall(7 * DAY);
    await pass(75);
    expect(web.asked.filter((path) => path === '/abre')).toHaveLength(2);
    expect(await statuses()).toMatchObject({ gone: 'ok 200', mueve: 'ok 200', abre: 'ok 200' });
    expect((await list()).filter((item) => (item.link?.retitledAt ?? 0) > 0).map((item) => item.title)).toEqual(['abre']);
  });

  it('that are broken are left out of what Fill proposes, which says so; the user looks again, or changes the address', async () => {
    await begin();
    const [bad, good] = [await save('Sin página', `${web.url}/gone`), await save('Con página', `${web.url}/abre`)];
    pages = { '/abre': 'Cierre' };
    const tomorrow = addDays(dayOf(START, account.zone), 1);
    await core.call('planning.setTemplate', { accountId: account.id, template: { days: Array.from({ length: 7 }, () => [{ time: '09:00', theme: 'Artículos', tier: 'free' }, { time: '11:00', theme: 'Artículos', tier: 'free' }]) } });
    const ask = { accountId: account.id, from: tomorrow, to: tomorrow, leave: [], library: true };
    core.events.length = 0;
    expect(await core.call('library.checkLink', { id: bad.id })).toMatchObject({ link: { status: 'broken', code: 404, at: START } });
    expect(core.events.map((event) => event.name)).toContain('library.changed');
    const preview = await core.call('planning.fillPreview', ask);
    expect(preview.rows.map((row) => row.id)).toEqual([good.id]);
    expect(preview.left).toEqual([{ id: bad.id, text: 'Sin página', tier: 'free', reason: { code: 'link_broken', params: {} } }]);
    // Put there by hand it stands.
    const byHand = await core.call('planning.fillPreview', { ...ask, picks: [{ wall: `${tomorrow}T09:00`, itemId: bad.id }] });
    expect([byHand.rows.map((row) => row.id), byHand.left]).toEqual([[bad.id, good.id], []]);
    // Another address was never looked at.
    const { id, revision } = bad;
    const moved = await core.call('library.save', { id, baseRevision: revision, accountId: account.id, title: bad.title, url: `${web.url}/otra`, summary: '', theme: 'Artículos', tier: 'free', publishedOn: null, expiresOn: null, evergreen: true, restDays: 1, notes: '', variants: [] });
    expect(moved.item.link).toBeNull();
    pages['/otra'] = 'Otra';
    expect((await core.call('library.checkLink', { id })).link?.status).toBe('ok');
    const example = await save('ejemplo', 'https://cuentaclara.example.com/x');
    await expect(core.call('library.checkLink', { id: example.id })).rejects.toMatchObject({ code: 'link_not_asked' });
  });

  it('whose name no host has are broken a day later, and only where the network is there', async () => {
    await begin();
    pages = { '/abre': 'Cierre' };
    // Longer than a name may be: no resolver knows it, asked or not.
    const lost = await save('sin nombre', `https://${'a'.repeat(64)}.dev/x`);
    await expect(core.call('library.checkLink', { id: lost.id })).rejects.toMatchObject({ code: 'link_not_asked' });
    const there = await save('abre', `${web.url}/abre`);
    const look = async (): Promise<LibraryItem['link']> => {
      await core.call('library.checkLink', { id: there.id });
      return (await core.call('library.checkLink', { id: lost.id })).link;
    };
    expect(await look()).toMatchObject({ status: 'unsure', code: null });
    clock.jumpWall(DAY);
    expect(await look()).toMatchObject({ status: 'broken', code: null });
  });

  it('are not asked for once that is turned off', async () => {
    await begin();
    await save('abre', `${web.url}/abre`);
    expect((await core.call('settings.get', {})).linkChecks).toBe(true);
    await core.call('settings.set', { linkChecks: false });
    await pass(8);
    expect(web.asked).toEqual([]);
    await core.call('settings.set', { linkChecks: true });
    await pass(4);
    expect(web.asked).toEqual(['/abre']);
  });
});
