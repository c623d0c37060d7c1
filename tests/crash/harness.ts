import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { type App, createApp } from '../../src/main/core/app.ts';
import type { InputOf, MethodName, OutputOf } from '../../src/shared/contract/index.ts';
import { methods } from '../../src/shared/contract/index.ts';
import { attachedMediaSchema, type Publication } from '../../src/shared/contract/publications.ts';
import { instantToWall } from '../../src/shared/domain/time.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { root } from '../support/host.ts';
import { ManualClock } from '../support/manualClock.ts';
import { fileSecrets, tempProfile, testPorts } from '../support/memoryPorts.ts';
import { mp4 } from '../support/mp4.ts';
import { DRAFTS, type Kill, type Kind } from './scenarios.ts';
import { repeated, startWire, type Wire } from './wire.ts';

export interface Tally { posted: number; needs_review: number; failed: number; missed: number; partial: number }
export interface RunResult { name: string; killed: boolean; tally: Tally; duplicates: string[]; lost: string[] }

const HOUR = 3_600_000;
const FINAL = new Set<Publication['state']>(['posted', 'needs_review', 'failed', 'missed', 'partial']);
const childFile = join(root, '.cache', 'crash', 'child.mjs');

/** One file of the child, so that five hundred starts are quick. */
export async function buildChild(): Promise<void> {
  await build({
    root, configFile: false, logLevel: 'error',
    build: { ssr: join(root, 'tests/crash/child.ts'), outDir: join(root, '.cache', 'crash'), emptyOutDir: true, target: 'node20', minify: false, rollupOptions: { output: { entryFileNames: 'child.mjs' } } },
  });
}

interface World { sandbox: Sandbox; wire: Wire; profile: string; start: number }
type Call = <M extends MethodName>(method: M, input: InputOf<M>) => Promise<OutputOf<M>>;
async function withCore<T>(world: World, now: number, work: (call: Call, app: App) => Promise<T>): Promise<T> {
  const app = await createApp(testPorts({ profile: world.profile, clock: new ManualClock(now), apiOrigin: world.wire.url, secrets: fileSecrets(world.profile) }));
  try {
    return await work((method, input) => app.router.call(method, input, methods[method].kind === 'command' ? { commandId: randomUUID() } : {}) as never, app);
  } finally {
    await app.stop();
  }
}
async function connect(call: Call): Promise<string> {
  const flow = await call('accounts.oauth2Start', { clientId: 'practice-client-id' });
  const url = (await fetch(`${flow.authorizeUrl}&approve=1`, { redirect: 'manual' })).headers.get('location') ?? '';
  return (await call('accounts.oauth2Paste', { flowId: flow.flowId, url })).id;
}
const control = (world: World, path: string, body?: unknown): Promise<unknown> =>
  fetch(`${world.sandbox.url}/__sandbox/${path}`, { method: body ? 'POST' : 'GET', headers: { 'x-sandbox-control': '1' }, ...(body ? { body: JSON.stringify(body) } : {}) }).then((response) => response.json());

/** A profile with an account whose token is about to end, and the posts of a scenario, each a minute after the other. */
async function prepare(kind: Kind): Promise<World> {
  const sandbox = await startSandbox({ port: 0, pace: 0, warn: () => {} });
  const wire = await startWire(sandbox.url);
  const began = Date.now();
  const world: World = { sandbox, wire, profile: tempProfile(), start: began + 2 * HOUR - 4 * 60_000 };
  mkdirSync(world.profile, { recursive: true });
  const mention = (await control(world, 'post', { username: sandbox.world.users[3]?.username, text: `@${sandbox.world.users[0]?.username ?? ''} ¿Tenéis esto?` })) as { id: string };
  await withCore(world, began, async (call, app) => {
    const accountId = await connect(call);
    // Only publishing is watched here: what an account reads beside it would cost time and hide nothing.
    for (const column of await call('columns.list', {})) await call('columns.remove', { columnId: column.id });
    const file = async (bytes: Uint8Array, type: string): Promise<string> => {
      const answer = await app.sidePath.handle({ method: 'POST', path: '/media', headers: { 'content-type': type }, body: (async function* () { await Promise.resolve(); yield bytes; })() });
      return attachedMediaSchema.parse(JSON.parse(String(answer.body))).id;
    };
    const picture = await file(new Uint8Array(await (await fetch(`${sandbox.url}/img/picture/7`)).arrayBuffer()), 'image/png');
    const film = kind === 'media' || kind === 'random' ? await file(mp4(30_000, 5000), 'video/mp4') : '';
    for (const [i, draft] of DRAFTS[kind]({ mentionId: mention.id, picture, film }).entries()) {
      const saved = await call('publications.save', { accountId, text: '', tier: 'free', tierReason: null, media: [], ...draft });
      if (saved.result !== 'placed') throw new Error('refused');
      const placed = await call('publications.place', { id: saved.publication.id, at: { wall: instantToWall(world.start + (i + 1) * 60_000, saved.publication.zone) } });
      if (placed.result !== 'placed') throw new Error('refused');
    }
  });
  return world;
}

function live(world: World, order: { now: number; kill: { point: string; nth: number } | null; killAtMs?: number; life: number }): Promise<{ signal: string | null }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [childFile, JSON.stringify({ profile: world.profile, apiOrigin: world.wire.url, now: order.now, kill: order.kill, life: order.life })], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let timer: NodeJS.Timeout | null = null;
    child.stdout.on('data', (data: Buffer) => {
      output += data.toString('utf8');
      if (order.killAtMs !== undefined && timer === null && output.includes('started')) timer = setTimeout(() => child.kill('SIGKILL'), order.killAtMs);
    });
    child.stderr.on('data', (data: Buffer) => void (output += data.toString('utf8')));
    const tooLong = setTimeout(() => child.kill('SIGKILL'), 120_000);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (timer) clearTimeout(timer);
      clearTimeout(tooLong);
      if (code !== 0 && signal === null) reject(new Error(`the child failed: ${output.slice(-2000)}`));
      resolve({ signal });
    });
  });
}

/** Lives that are killed, then one that goes on until every post has ended; the server's own record and the wire are the judges. */
export async function crashRun(kill: Kill): Promise<RunResult> {
  const world = await prepare(kill.kind);
  try {
    for (const fault of kill.faults ?? []) await control(world, 'faults', fault);
    const later = (): number => (existsSync(join(world.profile, 'now')) ? Number(readFileSync(join(world.profile, 'now'), 'utf8')) : world.start) + 1000;
    const points = kill.atMs === undefined ? [...(kill.first ?? []), { point: kill.point, nth: kill.nth ?? 1 }] : [null];
    let killed = true;
    for (const [i, point] of points.entries()) {
      const life = await live(world, { now: i === 0 ? world.start : later(), kill: point, ...(kill.atMs === undefined ? {} : { killAtMs: kill.atMs }), life: 8 * HOUR });
      killed &&= life.signal === 'SIGKILL';
    }
    await live(world, { now: later(), kill: null, life: 8 * HOUR });
    // Killed between X's answer to a refresh and our saving it, the account asks to be connected again: the user does so.
    const needs = await withCore(world, later(), async (call) => {
      if (!(await call('accounts.list', {})).some((account) => account.state === 'needs_reauth')) return false;
      await connect(call);
      return true;
    });
    if (needs) await live(world, { now: later(), kill: null, life: 8 * HOUR });
    return { ...(await judge(world, later(), DRAFTS[kill.kind]({ mentionId: '', picture: '', film: '' }).length)), name: `${kill.kind} ${kill.point}${kill.nth && kill.nth > 1 ? ` ${kill.nth}` : ''}`, killed };
  } finally {
    await world.wire.close();
    await world.sandbox.close();
    rmSync(world.profile, { recursive: true, force: true });
  }
}

async function judge(world: World, now: number, expected: number): Promise<Pick<RunResult, 'tally' | 'duplicates' | 'lost'>> {
  const tally: Tally = { posted: 0, needs_review: 0, failed: 0, missed: 0, partial: 0 };
  const duplicates: string[] = repeated(world.wire.creates);
  const lost: string[] = [];
  const rows = await withCore(world, now, (call) => call('publications.list', {}));
  const me = world.sandbox.world.users[0]?.id;
  const there = world.sandbox.world.posts.filter((post) => post.authorId === me && post.viaApi);
  if (rows.length < expected) lost.push(`only ${rows.length} publications are left`);
  for (const row of rows) {
    if (!FINAL.has(row.state)) lost.push(`${row.text} stayed ${row.state} (${row.reason?.code ?? ''})`);
    else tally[row.state as keyof Tally] += 1;
    const pieces = row.kind === 'repost' ? [there.filter((post) => post.repostOfId === row.target?.id).length] : [row.text, ...row.parts.map((part) => part.text)].map((text) => there.filter((post) => post.text === text).length);
    pieces.forEach((count, part) => {
      if (count > 1) duplicates.push(`${row.text} part ${part + 1}: ${count} on the server`);
      if (row.state === 'posted' && count === 0) lost.push(`${row.text} part ${part + 1}: said to be posted and is not there`);
      // What we say did not go out must not be out.
      if ((row.state === 'failed' || row.state === 'missed') && count > 0) lost.push(`${row.text} part ${part + 1}: is out, but said to be ${row.state}`);
    });
  }
  return { tally, duplicates, lost };
}
