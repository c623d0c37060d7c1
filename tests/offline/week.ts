import { mkdirSync, rmSync } from 'node:fs';
import type { InputOf } from '../../src/shared/contract/index.ts';
import type { CaseView } from '../../src/shared/contract/inbox.ts';
import type { Publication } from '../../src/shared/contract/publications.ts';
import { instantToWall } from '../../src/shared/domain/time.ts';
import { keysOf } from '../../src/sandbox/oauth1.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { startCable } from '../support/cable.ts';
import { tempProfile } from '../support/memoryPorts.ts';
import { repeated, startWire } from '../crash/wire.ts';
import { buildChild, Program } from './program.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Ways in which an answer may rightly not be out; each is said in its case. */
const HELD_FOR = new Set(['answered_elsewhere', 'target_gone', 'reply_review', 'network_forbidden', 'network_reply_not_allowed', 'network_not_found', 'rate_limited', 'grace_over']);
export interface Result { lost: string[]; twice: string[]; actions: number; kills: number; answered: number; conflicts: Record<string, number> }

function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * A working week: each day the mentions of the morning are read, the network goes, the manager works through them, meanwhile posts are
 * deleted, answered from elsewhere, protected; the network comes back, with limits hit. The program is killed at random moments all along.
 * The network's own record is the judge.
 */
export async function week(options: { days: number; perDay: number; seed: number; /** Between two kills at most, ms of this computer. */ killMs: number; say: (line: string) => void }): Promise<Result> {
  await buildChild();
  const random = seeded(options.seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const sandbox: Sandbox = await startSandbox({ port: 0, pace: 0, seed: options.seed, warn: () => {} });
  const wire = await startWire(sandbox.url);
  const cable = await startCable(wire.url);
  const profile = tempProfile();
  mkdirSync(profile, { recursive: true });
  // A Monday, ten in the morning in Madrid.
  const start = Date.UTC(2026, 10, 23, 9, 0);
  const program = new Program({ profile, apiOrigin: cable.url, sandbox: sandbox.url, start });
  const control = async <T>(path: string, body: unknown): Promise<T> => {
    const response = await fetch(`${sandbox.url}/__sandbox/${path}`, { method: 'POST', headers: { 'x-sandbox-control': '1' }, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return (await response.json()) as T;
  };
  let killing: NodeJS.Timeout | null = null;
  const killAtRandom = (): void => {
    killing = setTimeout(() => {
      program.kill();
      killAtRandom();
    }, 400 + random() * (options.killMs - 400));
  };

  const lost: string[] = [];
  let actions = 0;
  const me = sandbox.world.users[0]!;
  const people = sandbox.world.users.filter((user) => user.id !== me.id);
  /** What the manager expects at the end: labels, notes, answers, plans, marks. */
  const expected = { labels: new Map<string, string>(), notes: new Map<string, string>(), answers: [] as { id: string; text: string; caseId: string }[], plans: [] as { id: string; text: string }[], hidden: new Map<string, boolean>() };
  try {
    await control('clock', { offsetMs: start - Date.now() });
    await program.start();
    const account = await program.call('accounts.connectOAuth1', keysOf(me, options.seed));
    for (const column of await program.call('columns.list', {})) if (column.source.kind === 'home') await program.call('columns.remove', { columnId: column.id });
    const act = async (caseId: string, what: InputOf<'inbox.act'>['act']): Promise<string | null> => {
      actions += 1;
      try {
        return (await program.call('inbox.act', { caseIds: [caseId], act: what })).undoId;
      } catch (cause) {
        // A case may have moved on by itself; anything else is a fault.
        if ((cause as { code?: string }).code !== 'state_refused') throw cause;
        return null;
      }
    };
    const attend = async (): Promise<CaseView[]> => (await program.call('inbox.list', { accountId: account.id, view: 'attend', limit: 500 })).cases.filter((row) => row.excerpt.startsWith('caso '));
    const reply = async (row: CaseView, text: string): Promise<void> => {
      actions += 1;
      const { publication } = await program.call('inbox.reply', { caseId: row.id, text });
      expected.answers.push({ id: publication.id, text, caseId: row.id });
    };
    const plan = async (text: string, at: number): Promise<void> => {
      actions += 2;
      const saved = await program.call('publications.save', { accountId: account.id, text, tier: 'free', tierReason: null, media: [] });
      if (saved.result !== 'placed') throw new Error('a draft was refused');
      const placed = await program.call('publications.place', { id: saved.publication.id, at: { wall: instantToWall(at, saved.publication.zone) } });
      if (placed.result !== 'placed') throw new Error('a free post was refused');
      expected.plans.push({ id: saved.publication.id, text });
    };

    for (let day = 0; day < options.days; day += 1) {
      // The morning's mentions.
      const own = await control<{ id: string }>('post', { username: me.username, text: `Guía del día ${day}` });
      const said: { id: string; username: string }[] = [];
      for (let i = 0; i < options.perDay; i += 1) {
        const person = people[(day * 7 + i) % people.length]!;
        said.push({ ...(await control<{ id: string }>('post', { username: person.username, text: `@${me.username} caso ${day}-${i} ¿me lo aclaráis?`, ...(i % 5 === 0 ? { replyToId: own.id } : {}) })), username: person.username });
      }
      killAtRandom();
      await program.advance(3 * MINUTE);
      cable.cut();
      const cases = await attend();
      if (cases.length < options.perDay) lost.push(`day ${day}: only ${cases.length} of ${options.perDay} mentions became cases`);
      // The manager works through them, with no network.
      for (const [i, row] of cases.entries()) {
        await act(row.id, { type: 'open' });
        const label = `l${day}-${i % 3}`;
        await act(row.id, { type: 'label', label, on: true });
        expected.labels.set(row.id, label);
        if (i % 4 === 0) {
          actions += 1;
          await program.call('inbox.note', { caseId: row.id, note: `nota ${day}-${i}` });
          expected.notes.set(row.id, `nota ${day}-${i}`);
        }
        if (i % 3 !== 2) await reply(row, `Respuesta ${day}-${i} para @${row.person.username}`);
        else if (i % 2 === 0) await act(row.id, { type: 'snooze', until: program.now() + 30 * HOUR });
        else {
          const undoId = await act(row.id, { type: 'done', outcome: 'solved' });
          if (undoId !== null && random() < 0.5) {
            actions += 1;
            // An undo ends with the run that knew it: after a kill it says so.
            await program.call('undo.apply', { undoId }).catch((cause: { code?: string }) => { if (cause.code !== 'undo_gone') throw cause; });
          }
        }
      }
      for (let i = 0; i < 3; i += 1) await plan(`Plan ${day}-${i}`, program.now() + (14 + i) * HOUR);
      for (const each of said.filter((_, i) => i % 5 === 0)) {
        for (const action of random() < 0.4 ? (['hideReply', 'showReply'] as const) : (['hideReply'] as const)) {
          actions += 1;
          await program.call('outbox.put', { accountId: account.id, action, postId: each.id });
          expected.hidden.set(each.id, action === 'hideReply');
        }
      }
      // Meanwhile, on X.
      const gone = said[1]!;
      const elsewhere = said[3]!;
      const shut = people.find((person) => person.username === said[4]!.username)!;
      await control('delete', { id: gone.id });
      await program.advance(MINUTE);
      await control('post', { username: me.username, text: `Desde el móvil ${day}`, replyToId: elsewhere.id });
      await control('protect', { username: shut.username, on: true });
      if (day % 2 === 1) await control('limits', { name: 'create', limit: 4 });
      await program.advance(day % 3 === 2 ? 5 * HOUR : 25 * MINUTE);
      cable.mend();
      await program.call('sync.now', {});
      await program.advance(day % 2 === 1 ? 50 * MINUTE : 20 * MINUTE);
      await control('limits', { name: 'create', limit: 100 });
      await control('protect', { username: shut.username, on: false });
      // What waited too long is reviewed: the manager sends it.
      for (const row of await program.call('publications.list', { states: ['missed'] })) {
        if (row.reason?.code !== 'reply_review') continue;
        actions += 1;
        await program.call('publications.decide', { id: row.id, decision: pick(['sendNow', 'drop'] as const) }).catch((cause: { code?: string }) => { if (cause.code !== 'state_refused') throw cause; });
      }
      await program.advance((day % 3 === 2 ? 17 : 22) * HOUR);
      if (killing) clearTimeout(killing);
      options.say(`day ${day + 1}: ${actions} actions, ${program.kills} kills, ${wire.creates.length} creates`);
    }
    await program.advance(10 * HOUR);

    // The judgement.
    const posts = (text: string): number => sandbox.world.posts.filter((post) => post.authorId === me.id && post.viaApi && post.text === text).length;
    const twice = repeated(wire.creates);
    const conflicts: Record<string, number> = {};
    let answered = 0;
    const rows = new Map((await program.call('publications.list', { limit: 5000 })).map((row): [string, Publication] => [row.id, row]));
    const judge = async (each: { id: string; text: string }, what: string): Promise<void> => {
      const row = rows.get(each.id);
      const there = posts(each.text);
      if (there > 1) twice.push(`${each.text}: ${there} on the server`);
      if (!row) return void lost.push(`${what} ${each.text} is gone`);
      if (row.text !== each.text) lost.push(`${what} ${each.text} reads ${row.text}`);
      if (row.state === 'posted') {
        answered += 1;
        if (there === 0) lost.push(`${what} ${each.text} is said to be out and is not`);
        return undefined;
      }
      const why = row.reason?.code ?? row.state;
      conflicts[why] = (conflicts[why] ?? 0) + 1;
      if (there > 0) lost.push(`${what} ${each.text} is out, but said to be ${row.state}`);
      if (row.state === 'cancelled' || (row.reason !== null && HELD_FOR.has(row.reason.code)) || row.state === 'needs_review') return undefined;
      return void lost.push(`${what} ${each.text} stayed ${row.state} (${row.reason?.code ?? 'no reason'})`);
    };
    for (const each of expected.answers) await judge(each, 'answer');
    for (const each of expected.plans) await judge(each, 'plan');
    for (const [caseId, label] of expected.labels) if (!(await program.call('inbox.case', { caseId })).case.labels.includes(label)) lost.push(`label ${label}`);
    for (const [caseId, note] of expected.notes) if ((await program.call('inbox.case', { caseId })).case.note !== note) lost.push(`note ${note}`);
    // An answer that is not out stands open in its case, with its text.
    for (const each of expected.answers) {
      const row = rows.get(each.id);
      if (!row || row.state === 'posted' || row.state === 'cancelled') continue;
      const found = (await program.call('inbox.case', { caseId: each.caseId })).case;
      if (found.pending === null && found.state !== 'waiting') lost.push(`the case of ${each.text} does not tell of it (${found.state})`);
    }
    const outbox = await program.call('outbox.list', { limit: 1000 });
    for (const [postId, hidden] of expected.hidden) {
      const is = sandbox.world.marks.some((mark) => mark.kind === 'hidden' && mark.postId === postId);
      const failed = outbox.find((entry) => entry.postId === postId && entry.state === 'failed');
      if (is !== hidden && !failed) lost.push(`hidden ${postId} is ${String(is)}`);
      if (outbox.some((entry) => entry.postId === postId && (entry.state === 'waiting' || entry.state === 'sending'))) lost.push(`hidden ${postId} never ended`);
    }
    return { lost, twice, actions, kills: program.kills, answered, conflicts };
  } finally {
    if (killing) clearTimeout(killing);
    await program.stop();
    await cable.close();
    await wire.close();
    await sandbox.close();
    rmSync(profile, { recursive: true, force: true });
  }
}
