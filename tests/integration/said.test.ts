import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Account } from '../../src/shared/contract/accounts.ts';
import type { InputOf, OutputOf } from '../../src/shared/contract/index.ts';
import { instantToWall } from '../../src/shared/domain/time.ts';
import { startCore, type TestCore, until } from '../support/core.ts';
import { ManualClock } from '../support/manualClock.ts';

const DAY = 86_400_000;
const LIST = 'Cierre 2026 sin sobresaltos: la lista de 20 comprobaciones que usamos en la redacción, con los asientos de regularización';
let core: TestCore;
let clock: ManualClock;
let account: Account;
beforeAll(async () => {
  clock = new ManualClock(Date.UTC(2026, 10, 24, 9, 0));
  core = await startCore({ clock });
  account = await core.call('accounts.addPractice', {});
});
afterAll(() => core.stop());

const said = (text: string, exceptId: string | null = null): Promise<OutputOf<'publications.saidBefore'>> => core.call('publications.saidBefore', { accountId: account.id, text, exceptId });
async function save(text: string, more: Partial<InputOf<'publications.save'>> = {}): Promise<string> {
  const placed = await core.call('publications.save', { accountId: account.id, text, tier: 'free', tierReason: null, media: [], ...more });
  if (placed.result !== 'placed') throw new Error('refused');
  return placed.publication.id;
}

describe('said before?', () => {
  it('finds the same and the nearly the same among drafts, plans, replies and parts of threads, and follows what changes', async () => {
    expect(await said(LIST)).toBeNull();
    const id = await save(LIST);
    expect(await said(LIST)).toMatchObject({ id, state: 'draft', percent: 100, remoteId: null });
    expect(await said(LIST, id)).toBeNull();
    const near = await said(LIST.replace('usamos', 'tenemos'));
    expect(near).toMatchObject({ id, text: LIST });
    expect(near?.percent).toBeGreaterThan(80);
    await save('Otra cosa del todo: hoy hay consultorio en directo sobre retenciones a las doce', { id });
    expect(await said(LIST)).toBeNull();
    await save(LIST, { id });
    const { undoId } = await core.call('publications.delete', { id });
    expect(await said(LIST)).toBeNull();
    await core.call('undo.apply', { undoId });
    expect(await said(LIST)).toMatchObject({ id });
    await core.call('publications.delete', { id });

    const reply = await save('Hola, el modelo 303 se presenta hasta el día 20 del mes que viene, por internet', { kind: 'reply', target: { id: '17', username: 'ana' } });
    expect(await said('@otra Hola, el modelo 303 se presenta hasta el día 20 del mes que viene, por internet')).toMatchObject({ id: reply, kind: 'reply', percent: 100 });
    const thread = await save('Un hilo de tres', { parts: [{ text: 'La amortización acelerada se pide con la declaración del año en que se compra', media: [] }] });
    expect(await said('La amortización acelerada se pide con la declaración del año en que se vende')).toMatchObject({ id: thread });
  });
  it('names the post on the network that can be reposted instead, of its own and of those that were sent from elsewhere', async () => {
    const id = await save('Facturas con retención: las siete dudas que más llegan al consultorio');
    await core.call('publications.sendNow', { id });
    await until(async () => { await clock.advance(5000); return (await core.call('publications.get', { id })).state === 'posted'; });
    const { remoteId, sentAt } = await core.call('publications.get', { id });
    expect(await said('Facturas con retención: las siete dudas que más llegan al consultorio')).toMatchObject({ id, state: 'posted', remoteId, at: sentAt, percent: 100 });
    const own = (await core.call('columns.list', {})).find((each) => each.source.kind === 'own');
    const seen = await until(async () => { await clock.advance(5000); return (await core.call('columns.page', { columnId: own?.id ?? '', limit: 40 })).rows.flatMap((row) => ('post' in row && row.post.text.length > 60 ? [row.post] : [])).find((post) => post.id !== remoteId && post.createdAt > clock.now() - 80 * DAY); });
    expect(await said(seen.text)).toMatchObject({ id: null, state: 'posted', remoteId: seen.id, at: seen.createdAt });
  });
  it('looks 90 days back and ahead, and answers within 10 ms at 10,000 publications', async () => {
    const id = await save('Memento de retenciones del trimestre: quién retiene, cuánto y en qué modelo se ingresa');
    core.app.db.raw.prepare('UPDATE publications SET updated_at = ? WHERE id = ?').run(clock.now() - 91 * DAY, id);
    expect(await said('Memento de retenciones del trimestre: quién retiene, cuánto y en qué modelo se ingresa')).toBeNull();
    await core.call('publications.place', { id, at: { wall: instantToWall(clock.now() + DAY, account.zone) } });
    expect(await said('Memento de retenciones del trimestre: quién retiene, cuánto y en qué modelo se ingresa')).toMatchObject({ id, state: 'scheduled' });

    const words = 'cierre factura modelo plazo asiento retención deuda empresa pyme informe noticia reseña artículo ley congreso impuesto renta sociedad balance activo pasivo cliente cobro pago banco interés trimestre año lista guía'.split(' ');
    const insert = core.app.db.raw.prepare("INSERT INTO publications (id, account_id, state, text, tier, zone, due_at, sent_at, revision, created_at, updated_at) VALUES (?, ?, 'posted', ?, 'free', ?, ?, ?, 1, ?, ?)");
    const at = clock.now() - DAY;
    core.app.db.raw.transaction(() => {
      for (let i = 0; i < 10_000; i += 1) insert.run(`many-${i}`, account.id, `${Array.from({ length: 28 }, (_, n) => words[(i * 7 + n * n * (i % 11) + n * 3) % words.length]).join(' ')} ${i}`, account.zone, at, at, at, at);
    })();
    // What was written past core is read when it starts again.
    await core.restart();
    const text = `${LIST} número`;
    const known = await core.call('publications.get', { id: 'many-777' });
    expect(await said(known.text)).toMatchObject({ id: 'many-777', percent: 100 });
    const times: number[] = [];
    for (let i = 0; i < 25; i += 1) {
      const began = performance.now();
      await said(`${text} ${i}`);
      times.push(performance.now() - began);
    }
    times.sort((a, b) => a - b);
    expect(times[12]).toBeLessThan(10);
  });
});
