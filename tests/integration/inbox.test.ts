import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { picturePng } from '../../src/sandbox/png.ts';
import type { Account } from '../../src/shared/contract/accounts.ts';
import type { CaseView } from '../../src/shared/contract/inbox.ts';
import { startCore, type TestCore, until } from '../support/core.ts';
import { ManualClock } from '../support/manualClock.ts';
import { readAll, settle } from '../support/reading.ts';

const MINUTE = 60_000;
let core: TestCore;
let clock: ManualClock;
let account: Account;
/** Two people of the practice network. */
let ana: string;
let ben: string;
beforeEach(async () => {
  // A Tuesday, 10:00 in Madrid: the office is open.
  clock = new ManualClock(Date.UTC(2026, 10, 24, 9, 0));
  core = await startCore({ clock });
  account = await core.call('accounts.addPractice', {});
  const people = (await core.control<{ username: string; role: string }[]>('GET', 'accounts')).filter((each) => each.username !== account.username);
  ana = people[2]!.username;
  ben = people[3]!.username;
  await read();
  // What the practice world had said before is put away: here each test says its own.
  core.app.db.run('DELETE FROM cases');
});
afterEach(async () => {
  await core.stop();
});

const settled = (): Promise<void> => settle(core);
const read = (): Promise<void> => readAll(core);
const say = (username: string, text: string, more: { replyToId?: string; quotedId?: string } = {}): Promise<{ id: string }> => core.control('POST', 'post', { username, text, ...more });
const list = async (view: 'attend' | 'waiting' | 'snoozed' | 'done' | 'muted' = 'attend'): Promise<CaseView[]> => (await core.call('inbox.list', { accountId: account.id, view, limit: 100 })).cases;
async function only(view: 'attend' | 'waiting' | 'snoozed' | 'done' = 'attend'): Promise<CaseView> {
  const found = await list(view);
  expect(found).toHaveLength(1);
  return found[0]!;
}
const whole = (caseId: string) => core.call('inbox.case', { caseId });
const act = (caseIds: string[], what: Parameters<typeof core.call<'inbox.act'>>[1]['act']) => core.call('inbox.act', { caseIds, act: what });
const created = (): Promise<{ text: string }[]> => core.control('GET', 'created');

describe('cases', () => {
  it('come from mentions, replies and quotes, one for each person in each conversation, with the clock of their kind', async () => {
    const first = await say(ana, `@${account.username} ¿dónde veo el calendario?`);
    await say(ben, `@${account.username} llevo dos días con error y nadie contesta`);
    await read();
    const cases = await list();
    expect(cases.map((each) => [each.person.username, each.kind, each.state])).toEqual([[ben, 'complaint', 'new'], [ana, 'question', 'new']]);
    expect(cases[0]!.dueAt! - cases[0]!.owedSince!).toBe(MINUTE);
    expect(cases[1]!.dueAt! - cases[1]!.owedSince!).toBe(60 * MINUTE);
    await say(ana, `@${account.username} y en PDF, si puede ser`, { replyToId: first.id });
    await read();
    expect(await list()).toHaveLength(2);
    const question = (await list()).find((each) => each.person.username === ana)!;
    expect((await whole(question.id)).messages.map((each) => each.direction)).toEqual(['in', 'in']);
    expect(question.owedSince).toBe(cases[1]!.owedSince);
    const own = await say(account.username, 'Nueva guía de prorrata');
    await read();
    await say(ben, 'Esto es justo lo que buscaba', { quotedId: own.id });
    await core.call('columns.add', { accountId: account.id, source: { kind: 'search', query: 'buscaba' } });
    await read();
    expect((await list()).map((each) => each.excerpt)).toContain('Esto es justo lo que buscaba');
    const { counts } = await core.call('inbox.list', { accountId: account.id, view: 'attend', limit: 10 });
    expect(counts.attend).toBe(3);
  });

  it('are overdue by opening hours, said once, and a snooze ends by itself', async () => {
    await say(ben, `@${account.username} no funciona la descarga`);
    await read();
    const { id } = await only();
    // Reading while half an hour passes is not what is looked at here.
    for (const column of await core.call('columns.list', {})) await core.call('columns.remove', { columnId: column.id });
    await clock.advance(3 * MINUTE);
    await settled();
    const said = (): number => core.events.filter((event) => event.name === 'notice.raised' && (event.payload as { code: string }).code === 'case_overdue').length;
    expect(said()).toBe(1);
    expect((await core.call('inbox.list', { accountId: account.id, view: 'attend', limit: 10 })).counts.overdue).toBe(1);
    await clock.advance(3 * MINUTE);
    await settled();
    expect(said()).toBe(1);
    await act([id], { type: 'snooze', until: clock.now() + 30 * MINUTE });
    expect((await only('snoozed')).dueAt).toBeNull();
    await clock.advance(31 * MINUTE);
    await settled();
    expect(await only()).toMatchObject({ id, state: 'open' });
    await expect(act([id], { type: 'snooze', until: clock.now() - 1 })).rejects.toMatchObject({ data: { code: 'time_in_past' } });
  });

  it('overdue together are one notice with their count, a warning, and each is kept in Activity', async () => {
    await say(ana, `@${account.username} no funciona la descarga`);
    await say(ben, `@${account.username} tampoco a mí, no funciona`);
    await read();
    expect(await list()).toHaveLength(2);
    for (const column of await core.call('columns.list', {})) await core.call('columns.remove', { columnId: column.id });
    // Nobody looked meanwhile: the computer slept.
    await core.restart(() => clock.jumpWall(30 * MINUTE));
    await settled();
    const notices = core.events.filter((event) => event.name === 'notice.raised').map((event) => event.payload as { code: string; level: string; params: Record<string, unknown> }).filter((each) => each.code.endsWith('overdue'));
    expect(notices).toEqual([{ code: 'cases_overdue', level: 'warning', params: { username: account.username, accountId: account.id, count: 2 } }]);
    const kept = (await core.call('activity.list', { limit: 50 })).filter((each) => each.code === 'case_overdue');
    expect(kept.map((each) => each.params['person']).sort()).toEqual([ana, ben].sort());
    expect(kept.every((each) => each.level === 'warning')).toBe(true);
  });

  it('keep labels, kind, priority, outcome and notes, for one or many, each with its undo', async () => {
    await say(ana, `@${account.username} una prueba`);
    await say(ben, `@${account.username} otra prueba`);
    await read();
    const ids = (await list()).map((each) => each.id);
    const { undoId } = await act(ids, { type: 'label', label: 'cliente', on: true });
    await act([ids[0]!], { type: 'kind', kind: 'complaint' });
    await act([ids[0]!], { type: 'high', high: true });
    await core.call('inbox.note', { caseId: ids[0]!, note: 'Llamar antes de las 12' });
    expect(await whole(ids[0]!)).toMatchObject({ case: { kind: 'complaint', high: true, labels: ['cliente'], note: 'Llamar antes de las 12' } });
    // One of them changed since: nothing of it is undone.
    await expect(core.call('undo.apply', { undoId })).rejects.toMatchObject({ data: { code: 'undo_gone' } });
    const done = await act(ids, { type: 'done', outcome: 'solved' });
    expect(done.changed).toBe(2);
    expect(await list('done')).toHaveLength(2);
    await core.call('undo.apply', { undoId: done.undoId });
    expect(await list()).toHaveLength(2);
    expect((await list()).every((each) => each.outcome === null)).toBe(true);
    expect((await core.call('inbox.list', { accountId: account.id, view: 'attend', label: 'cliente', limit: 10 })).cases).toHaveLength(2);
    await expect(act([ids[0]!], { type: 'unmute' })).rejects.toMatchObject({ data: { code: 'state_refused' } });
  });

  it('a muted one never reopens by itself; a done one does', async () => {
    const a = await say(ana, `@${account.username} prueba uno`);
    const b = await say(ben, `@${account.username} prueba dos`);
    await read();
    const [one, two] = [(await list()).find((each) => each.person.username === ana)!, (await list()).find((each) => each.person.username === ben)!];
    await act([one.id], { type: 'mute' });
    await act([two.id], { type: 'done' });
    await say(ana, `@${account.username} prueba otra vez`, { replyToId: a.id });
    await say(ben, `@${account.username} prueba otra vez`, { replyToId: b.id });
    await read();
    expect((await whole(one.id)).case.state).toBe('muted');
    expect((await whole(two.id)).case).toMatchObject({ state: 'open' });
    expect((await whole(two.id)).events.map((each) => each.type)).toContain('reopened');
  });
});

describe('the marks of a column\'s cards', () => {
  const marks = async (...postIds: string[]) => core.call('inbox.marks', { accountId: account.id, postIds });
  it('say of each post what its case is: its clock, that it was done and when, that it was answered, that it only waits', async () => {
    const one = await say(ana, `@${account.username} ¿hay plazo para el modelo?`);
    const two = await say(ben, `@${account.username} la descarga da error`);
    const other = await say(ben, 'Nada que ver con nadie');
    const stranger = (await core.control<{ username: string }[]>('GET', 'accounts')).map((each) => each.username).find((each) => ![account.username, ana, ben].includes(each))!;
    const far = await say(stranger, 'Busco un programa de facturas');
    await core.call('columns.add', { accountId: account.id, source: { kind: 'search', query: 'facturas' } });
    await core.call('columns.add', { accountId: account.id, source: { kind: 'search', query: 'nadie' } });
    await read();
    const cases = await list();
    const [mine, his] = [cases.find((each) => each.person.username === ana)!, cases.find((each) => each.person.username === ben)!];
    const first = await marks(one.id, two.id, other.id, far.id, '1');
    expect(first.marks.map((each) => [each.postId, each.caseId, each.kind, each.state, each.dueAt])).toEqual([[one.id, mine.id, 'question', 'new', mine.dueAt], [two.id, his.id, 'complaint', 'new', his.dueAt]]);
    // Whoever has a case is known, also in a post that belongs to none.
    expect(first.known.toSorted()).toEqual([one.id, two.id, other.id].toSorted());
    await clock.advance(MINUTE);
    await act([mine.id], { type: 'done' });
    await act([his.id], { type: 'wait' });
    const at = clock.now();
    expect((await marks(one.id, two.id)).marks).toMatchObject([{ state: 'done', dueAt: null, settledAt: at, answered: false }, { state: 'waiting', settledAt: at, answered: false }]);
    await act([his.id], { type: 'reopen' });
    await core.call('inbox.reply', { caseId: his.id, text: 'Lo miramos' });
    expect((await marks(two.id)).marks).toMatchObject([{ state: 'waiting', answered: true, unsent: true }]);
    await clock.advance(11_000);
    await until(async () => { await settled(); return !(await marks(two.id)).marks[0]!.unsent; });
    // Our own answers are no case of anybody.
    const sent = (await whole(his.id)).messages.find((each) => each.direction === 'out')!;
    expect((await marks(sent.post.id)).marks).toEqual([]);
    await act([his.id], { type: 'snooze', until: clock.now() + 60 * MINUTE });
    expect((await marks(two.id)).marks).toMatchObject([{ state: 'snoozed', snoozedUntil: clock.now() + 60 * MINUTE, settledAt: null, answered: false }]);
  });
  it('are those of the account that asks', async () => {
    const one = await say(ana, `@${account.username} una prueba`);
    await read();
    expect((await marks(one.id)).marks).toHaveLength(1);
    await expect(core.call('inbox.marks', { accountId: 'nobody', postIds: [one.id] })).rejects.toMatchObject({ data: { code: 'not_found' } });
  });
});

describe('answers', () => {
  it('go out once, in ten seconds, and the case waits; the minutes are kept', async () => {
    await say(ana, `@${account.username} ¿hay plazo para el modelo?`);
    await read();
    const { id } = await only();
    await clock.advance(5 * MINUTE);
    await core.call('inbox.draft', { caseId: id, text: 'Hasta el 30' });
    expect((await whole(id)).draft).toMatchObject({ text: 'Hasta el 30', kind: 'reply', state: 'draft' });
    const answer = await core.call('inbox.reply', { caseId: id, text: 'Hasta el 30 de noviembre.' });
    expect(answer.case).toMatchObject({ state: 'waiting', dueAt: null });
    await clock.advance(11_000);
    await until(async () => { await settled(); return (await core.call('publications.get', { id: answer.publication.id })).state === 'posted'; });
    expect((await created()).map((each) => each.text)).toEqual(['Hasta el 30 de noviembre.']);
    const after = await whole(id);
    expect(after.messages.map((each) => [each.direction, each.post.text])).toEqual([['in', `@${account.username} ¿hay plazo para el modelo?`], ['out', 'Hasta el 30 de noviembre.']]);
    expect(after.messages[1]!.tookMinutes).toBe(5);
    expect((await core.call('inbox.list', { accountId: account.id, view: 'waiting', limit: 10 })).medianMinutes).toBe(5);
    await read();
    expect((await whole(id)).messages).toHaveLength(2);
    expect((await whole(id)).events.map((each) => each.type)).toEqual(['replied']);
  });

  it('go out once with their pictures and descriptions; a picture that was kept is there after a start, and a channel takes none of it', async () => {
    await say(ana, `@${account.username} ¿cómo queda el cuadro?`);
    await say(ben, `@${account.username} ¿y a quién pregunto?`);
    await read();
    const of = async (username: string): Promise<string> => (await list()).find((each) => each.person.username === username)!.id;
    const upload = async (): Promise<string> => {
      const answer = await core.app.sidePath.handle({ method: 'POST', path: '/media', headers: { 'content-type': 'image/png' }, body: (async function* () { await Promise.resolve(); yield picturePng(3); })() });
      return (JSON.parse(String(answer.body)) as { id: string }).id;
    };
    const [id, other] = [await of(ana), await of(ben)];
    const media = [{ id: await upload(), alt: 'Barras por mes' }];
    await core.call('inbox.draft', { caseId: id, text: 'Así', media });
    // Text that is saved alone leaves the pictures alone.
    await core.call('inbox.draft', { caseId: id, text: 'Así queda' });
    await core.restart();
    expect((await whole(id)).draft).toMatchObject({ text: 'Así queda', media: [{ alt: 'Barras por mes' }] });
    expect((await list()).find((each) => each.id === id)?.pending?.state).toBe('draft');
    const answer = await core.call('inbox.reply', { caseId: id, text: 'Así queda.', media });
    await core.call('inbox.draft', { caseId: other, text: 'Mira', media: [{ id: await upload(), alt: 'Cuadro' }] });
    const [route] = await core.call('inbox.routes', { accountId: account.id });
    // Taken back, what was being written is there as it was.
    await core.call('undo.apply', { undoId: (await core.call('inbox.route', { caseId: other, routeId: route!.id })).undoId });
    expect((await whole(other)).draft).toMatchObject({ text: 'Mira', media: [{ alt: 'Cuadro' }] });
    const routed = await core.call('inbox.route', { caseId: other, routeId: route!.id });
    await clock.advance(11_000);
    await until(async () => { await settled(); return (await created()).length === 2; });
    const sent = await core.control<{ text: string; mediaIds: string[] }[]>('GET', 'created');
    expect(sent.find((each) => each.text === 'Así queda.')?.mediaIds).toHaveLength(1);
    expect(sent.find((each) => each.text !== 'Así queda.')?.mediaIds).toEqual([]);
    expect(core.sandbox.world.uploads.map((each) => each.alt)).toEqual(['Barras por mes']);
    expect([(await core.call('publications.get', { id: answer.publication.id })).media.length, routed.publication?.media.length]).toEqual([1, 0]);
  });

  it('can be taken back for ten seconds: a draft again, the case as it was', async () => {
    await say(ana, `@${account.username} ¿seguro?`);
    await read();
    const { id, dueAt } = await only();
    const { undoId } = await core.call('inbox.reply', { caseId: id, text: 'Seguro.', becomes: 'done' });
    expect(await only('done')).toMatchObject({ id });
    await core.call('undo.apply', { undoId });
    expect(await only()).toMatchObject({ id, dueAt });
    expect((await whole(id)).draft?.text).toBe('Seguro.');
    expect((await whole(id)).events.map((each) => each.type)).toEqual(['replied', 'undone']);
    await clock.advance(MINUTE);
    await settled();
    expect(await created()).toEqual([]);
  });

  it('one that X refuses reopens its case with the reason, and the text is kept', async () => {
    await say(ana, `@${account.username} ¿me decís algo?`);
    await read();
    const { id } = await only();
    await core.control('POST', 'faults', { match: { method: 'POST', path: '/2/tweets' }, kind: 'status', status: 403 });
    const answer = await core.call('inbox.reply', { caseId: id, text: 'Te decimos.' });
    await clock.advance(11_000);
    await until(async () => { await settled(); return (await core.call('publications.get', { id: answer.publication.id })).state === 'failed'; });
    expect(await only()).toMatchObject({ id, state: 'open', pending: { state: 'failed' } });
    expect((await whole(id)).events.at(-1)).toMatchObject({ type: 'replyFailed' });
    expect((await core.call('publications.get', { id: answer.publication.id })).text).toBe('Te decimos.');
  });

  it('one that was given elsewhere is recognised, with its time', async () => {
    const asked = await say(ana, `@${account.username} ¿abrís el jueves?`);
    await read();
    const { id } = await only();
    await clock.advance(MINUTE);
    await say(account.username, 'Sí, de 9 a 18.', { replyToId: asked.id });
    await read();
    expect((await whole(id)).case.state).toBe('waiting');
    const { events, messages } = await whole(id);
    expect(events.map((each) => each.type)).toEqual(['answeredElsewhere']);
    expect(messages.map((each) => each.direction)).toEqual(['in', 'out']);
  });
});

describe('channels, rules, people', () => {
  it('one key sends a person to a channel: the reply in their language, a record, waiting', async () => {
    await say(ana, `@${account.username} ¿cómo declaro esto?`);
    await read();
    const { id, person } = await only();
    const [route] = await core.call('inbox.routes', { accountId: account.id });
    const sent = await core.call('inbox.route', { caseId: id, routeId: route!.id });
    expect(sent).toMatchObject({ case: { state: 'waiting', outcome: 'sentOn' }, handOffUrl: null });
    expect(sent.publication?.text).toContain(route!.url);
    expect(sent.publication?.text).toContain(person.name.split(' ')[0]!);
    expect((await whole(id)).events).toMatchObject([{ type: 'routed', params: { route: route!.name } }]);
    // A variable that nothing fills is never sent.
    await expect(core.call('inbox.saveRoute', { accountId: account.id, name: 'Mal', url: '', phone: '', hours: '', replies: { es: 'Llama al {número}', en: '' } })).rejects.toMatchObject({ data: { code: 'variable_unknown', params: { names: '{número}', known: '{nombre}, {usuario}, {canal}, {enlace}, {teléfono}, {horario}' } } });
    await expect(core.call('inbox.saveReply', { accountId: account.id, title: 'Mal', lang: 'es', text: 'Hola, {apellido|qué tal}' })).rejects.toMatchObject({ data: { code: 'variable_unknown', params: { names: '{apellido}' } } });
    const bare = await core.call('inbox.saveRoute', { accountId: account.id, name: 'Sin teléfono', url: '', phone: '', hours: '', replies: { es: 'Llama al {phone}', en: '' } });
    await expect(core.call('inbox.route', { caseId: id, routeId: bare.id })).rejects.toMatchObject({ data: { code: 'reply_incomplete', params: { name: 'phone' } } });
    // A channel taken back stands again where it stood.
    const before = await core.call('inbox.routes', { accountId: account.id });
    expect(before.length).toBeGreaterThan(1);
    await clock.advance(1000);
    const { undoId } = await core.call('inbox.deleteRoute', { accountId: account.id, id: before[0]!.id });
    await core.call('undo.apply', { undoId });
    expect(await core.call('inbox.routes', { accountId: account.id })).toEqual(before);
  });

  it('rules sort and propose, the first that holds wins, and never send; a dry run says what they would have done', async () => {
    const [route] = await core.call('inbox.routes', { accountId: account.id });
    const rules = [
      { id: 'a', name: 'Errores', enabled: true, conditions: { words: ['descarga'] }, actions: { kind: 'complaint' as const, high: true, label: 'descargas', routeId: route!.id } },
      { id: 'b', name: 'Todo lo de Ben', enabled: true, conditions: { people: [ben] }, actions: { mute: true } },
    ];
    await say(ana, `@${account.username} la DESCARGA va lenta`);
    await read();
    const dry = await core.call('inbox.dryRun', { accountId: account.id, rules });
    expect(dry.hits.find((hit) => hit.ruleId === 'a')!.count).toBeGreaterThan(0);
    expect(await only()).toMatchObject({ labels: [], high: false });
    await core.call('inbox.setRules', { accountId: account.id, rules });
    await say(ben, `@${account.username} la descarga no va`);
    await say(ben, `@${account.username} prueba de otra cosa`);
    await read();
    const sorted = (await list()).find((each) => each.person.username === ben)!;
    expect(sorted).toMatchObject({ kind: 'complaint', high: true, labels: ['descargas'], pending: { state: 'draft' } });
    expect((await list('muted')).map((each) => each.excerpt)).toEqual(['prueba de otra cosa']);
    await clock.advance(MINUTE);
    await settled();
    expect(await created()).toEqual([]);
  });

  it('people are remembered over their cases; what they wrote goes with the account', async () => {
    await say(ana, `@${account.username} prueba primera`);
    await read();
    const first = await only();
    await core.call('inbox.setPerson', { accountId: account.id, personId: first.person.id, labels: ['despacho'], note: 'Prefiere por la mañana', phone: '600 000 456', promises: [{ id: 'p', text: 'Enviarle el enlace', at: clock.now(), done: false }] });
    await act([first.id], { type: 'done', outcome: 'solved' });
    await say(ana, `@${account.username} prueba segunda`);
    await read();
    const { person } = await whole((await only()).id);
    expect(person).toMatchObject({ labels: ['despacho'], note: 'Prefiere por la mañana', phone: '600 000 456', promises: [{ text: 'Enviarle el enlace' }] });
    expect(person.before[0]).toMatchObject({ caseId: first.id, outcome: 'solved' });
    await core.call('accounts.remove', { accountId: account.id });
    for (const table of ['cases', 'case_messages', 'case_events', 'people', 'saved_replies', 'routes', 'inbox_settings']) expect(core.app.db.get(`SELECT count(*) AS n FROM ${table}`)?.['n'], table).toBe(0);
  });

  it('a hit of a search becomes a lead, answered by hand', async () => {
    await say(ana, 'Busco un programa de facturas que no me complique la vida');
    const column = await core.call('columns.add', { accountId: account.id, source: { kind: 'search', query: 'facturas' } });
    await read();
    const page = await core.call('columns.page', { columnId: column.id, limit: 20 });
    const hit = page.rows.flatMap((row) => (row.row === 'post' && row.post.text.startsWith('Busco un programa') ? [row.post] : []))[0]!;
    const lead = await core.call('inbox.lead', { accountId: account.id, postId: hit.id });
    expect(lead).toMatchObject({ kind: 'lead', state: 'open', replyRoute: 'handOff' });
    expect((await core.call('inbox.lead', { accountId: account.id, postId: hit.id })).id).toBe(lead.id);
    await expect(core.call('inbox.reply', { caseId: lead.id, text: 'Hola' })).rejects.toMatchObject({ data: { code: 'reply_by_hand' } });
    const [route] = await core.call('inbox.routes', { accountId: account.id });
    const sent = await core.call('inbox.route', { caseId: lead.id, routeId: route!.id });
    expect(sent.publication).toBeNull();
    expect(sent.handOffUrl).toMatch(/^https:\/\/x\.com\/intent\/tweet\?/);
  });
});

describe('what was there before', () => {
  it('mentions of an older profile become cases at the next start', async () => {
    await say(ana, `@${account.username} prueba de antes`);
    await read();
    core.app.db.run('DELETE FROM cases');
    core.app.db.run('UPDATE inbox_settings SET built = 0');
    await core.restart();
    await until(async () => { await settled(); return (await list()).length > 0; });
    expect((await list()).map((each) => each.excerpt)).toContain('prueba de antes');
  });
});
