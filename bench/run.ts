import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { WebSocket } from 'ws';
import { ingestPage } from '../src/main/core/features/columns/ingest.ts';
import { PAGE_SQL, PostsRepository } from '../src/main/core/features/columns/postsRepository.ts';
import { ColumnsRepository } from '../src/main/core/features/columns/repository.ts';
import { PublicationsRepository } from '../src/main/core/features/publishing/repository.ts';
import type { HostFrame } from '../src/shared/contract/frames.ts';
import { buildIndex, checkPlacement, editOf, violations } from '../src/shared/domain/ratio/index.ts';
import { DEFAULT_POLICY, type Unit } from '../src/shared/domain/types.ts';
import { launchBrowser } from '../tests/support/browser.ts';
import { startCore } from '../tests/support/core.ts';
import { startHost } from '../tests/support/host.ts';
import { benchColumns } from './columns.ts';
import { benchDrag } from './drag.ts';
import { READABLE, USABLE } from './electron.ts';
import { figure, percentile, report } from './figures.ts';
import { bareInserts } from './inserts.ts';
import { processorMs } from './processor.ts';
import { fiveColumns, pageOf, syntheticPosts, syntheticUsers } from './profile.ts';

const STORED = 100_000;
const INGESTED = 10_000;
const QUEUED = 10_000;
const LATE_POSTS = 100;
const KEPT = 200_000;
const MANY = 1_000_000;
const { values } = parseArgs({ options: { json: { type: 'string' }, /** Measures columns at a million posts too. */ scale: { type: 'boolean' }, /** Measures columns alone. */ columns: { type: 'boolean' } } });

if (values.columns) {
  await benchColumns(KEPT, true);
  if (values.scale) await benchColumns(MANY, false);
  process.exit(report(values.json ?? null) ? 0 : 1);
}

/** Longest time the event loop stood still while something ran, ms. */
async function longestBlock(run: () => Promise<void>): Promise<number> {
  let last = performance.now();
  let longest = 0;
  let going = true;
  const watch = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (going) setImmediate(watch);
  };
  setImmediate(watch);
  await sleep(20);
  longest = 0;
  await run();
  going = false;
  return longest;
}

// A profile with 100,000 stored posts; the last 10,000 come in as one page, watched.
const core = await startCore({ pace: 0 });
const { accountId, homeId } = await fiveColumns(core);
const images = { register: () => null, path: () => null, load: () => Promise.resolve(null) };
const posts = new PostsRepository(core.app.db, images);
const columns = new ColumnsRepository(core.app.db);
const sourceId = columns.get(homeId)?.sourceId ?? 0;
const place = { origin: 'practice', accountId, sourceId, base: core.sandbox.url, network: 'practice' as const };
const users = syntheticUsers(400);
const all = syntheticPosts(STORED, Date.now());
const standing = columns.sourceById(sourceId);
if (!standing) throw new Error('no source');
const store = async (from: number, to: number): Promise<void> => {
  await ingestPage({ db: core.app.db, columns, posts }, place, standing, pageOf(all.slice(from, to), users), { now: Date.now(), next: Date.now() + 3_600_000 }, () => () => undefined);
};
await core.app.db.tx(() => posts.store({ ...place, sourceId: null }, { posts: [], related: [], users, gone: [] }, Date.now()));
for (let i = 0; i < STORED - INGESTED; i += 5000) await store(i, i + 5000);
const idleBlock = await longestBlock(() => sleep(500));
const ingestBegan = performance.now();
const ingestBlock = await longestBlock(() => store(STORED - INGESTED, STORED));
const ingestMs = performance.now() - ingestBegan;
figure('ingest.10k', 'storing 10,000 posts: longest event-loop block', ingestBlock, 'ms', 50, Math.max(idleBlock, 0.1));
const bareRate = bareInserts(all.slice(STORED - INGESTED));
figure('ingest.10k.rate', 'rows a second, beside bare inserts with the same indexes', INGESTED / (ingestMs / 1000), 'rows/s', 0.3 * bareRate, bareRate, 'higher');
const { profile } = core.ports.paths;
await core.stop();

// The bare statement behind opening a column.
const bare = new Database(`${profile}/parrilla.db`, { readonly: true });
const statement = bare.prepare(PAGE_SQL);
const bareTimes: number[] = [];
for (let i = 0; i < 300; i += 1) {
  const began = performance.now();
  statement.all({ sourceId, before: '9223372036854775807', limit: 51 });
  bareTimes.push(performance.now() - began);
}
bare.close();
const bareP95 = percentile(bareTimes, 0.95);

// Cold start of the built host until the first column can be read, drawn from what is stored, and until it can be used; three times.
const browser = await launchBrowser();
const starts: number[] = [];
const usable: number[] = [];
for (let i = 0; i < 3; i += 1) {
  const page = await browser.newPage();
  const began = performance.now();
  const host = await startHost({ profile });
  await page.goto(host.url, { waitUntil: 'commit' });
  await page.locator(READABLE).first().waitFor();
  starts.push(performance.now() - began);
  await page.locator(USABLE).first().waitFor();
  usable.push(performance.now() - began);
  await page.close();
  await host.stop();
}
await browser.close();
figure('start.first_column', 'cold start until the first column can be read, 100,000 posts, median of 3', percentile(starts, 0.5), 'ms', 1500, bareP95);
figure('start.usable', 'the same until the column can be used', percentile(usable, 0.5), 'ms', 3000, bareP95);

// Opening a column through the whole RPC, then five columns idle.
const host = await startHost({ profile });
const origin = new URL(host.url).origin;
const cookie = (await fetch(host.url, { redirect: 'manual' })).headers.get('set-cookie')?.split(';')[0] ?? '';
const socket = new WebSocket(`${origin.replace('http', 'ws')}/ws`, { headers: { cookie, origin } });
await new Promise((resolve) => socket.once('open', resolve));
let answered: (frame: HostFrame) => void = () => {};
socket.on('message', (data) => {
  const frame = JSON.parse(String(data)) as HostFrame;
  if (frame.t === 'response' || frame.t === 'hello' || frame.t === 'failure') answered(frame);
});
const ask = (frame: unknown): Promise<HostFrame> =>
  new Promise((resolve) => {
    answered = resolve;
    socket.send(JSON.stringify(frame));
  });
await ask({ t: 'hello', protocol: 1 });
await sleep(3000);
const times: number[] = [];
for (let i = 0; i < 300; i += 1) {
  const began = performance.now();
  const frame = await ask({ t: 'request', id: `b${i}`, method: 'columns.page', input: { columnId: homeId, limit: 50 } });
  times.push(performance.now() - began);
  if (frame.t !== 'response') throw new Error(JSON.stringify(frame));
  await sleep(12);
}
figure('column.open', 'newest 50 of a column through the whole RPC, p95', percentile(times, 0.95), 'ms', 5, bareP95);
socket.close();

const pid = host.process.pid ?? 0;
await sleep(5000);
const before = processorMs(pid);
const idleBegan = performance.now();
await sleep(30_000);
const after = processorMs(pid);
if (before !== null && after !== null) figure('idle.cpu', 'five columns idle: share of a core', ((after - before) / (performance.now() - idleBegan)) * 100, '%', 1, 1);
await host.stop();

// One place checked while dragging, at 10,000 units (DOMAIN §2).
const now = Date.now();
const units: Unit[] = Array.from({ length: 10_000 }, (_, i) => ({ id: `u${i}`, dueAt: now + (i - 5000) * 32 * 60_000, tier: i % 15 === 7 ? 'status' : i % 4 === 3 && i % 15 !== 14 ? 'premium' : 'free', state: i < 5000 ? 'posted' : 'scheduled', ...(i < 5000 ? { sentAt: now + (i - 5000) * 32 * 60_000 } : {}) }));
const index = buildIndex({ policy: DEFAULT_POLICY, zone: 'Europe/Madrid', now, units });
const checks: number[] = [];
const scans: number[] = [];
for (let i = 0; i < 600; i += 1) {
  let began = performance.now();
  checkPlacement(index, editOf(index, { kind: 'move', id: 'u6000', dueAt: now + 3_600_000 + (i % 60) * 900_000 }));
  checks.push(performance.now() - began);
  if (i % 10 > 0) continue;
  began = performance.now();
  violations(index);
  scans.push(performance.now() - began);
}
figure('placement.check', 'one place checked at 10,000 units, p95, beside a scan of the whole plan', percentile(checks, 0.95), 'ms', 1, percentile(scans, 0.95));

// Lateness of posts while idle, with 10,000 queued, beside a bare timer asked for the same moments.
const queue = await startCore({ pace: 0 });
const owner = await queue.call('accounts.addPractice', {});
for (const column of await queue.call('columns.list', {})) await queue.call('columns.remove', { columnId: column.id });
for (const name of ['create', 'own']) await queue.control('POST', 'limits', { name, limit: 1_000_000 });
const publications = new PublicationsRepository(queue.app.db, 'bench');
const first = Date.now() + 5000;
const wanted = Array.from({ length: LATE_POSTS }, (_, i) => first + i * 400);
queue.app.db.tx(() => {
  const plan = (text: string, dueAt: number): void => void publications.create({ accountId: owner.id, text, tier: 'free', tierReason: null, zone: owner.zone, wall: null, dueAt, state: 'scheduled' }, Date.now());
  wanted.forEach((dueAt, i) => plan(`puntual ${i}`, dueAt));
  for (let i = 0; i < QUEUED - LATE_POSTS; i += 1) plan(`lejana ${i}`, first + 86_400_000 + i * 60_000);
});
await queue.app.tick();
const bareLate: number[] = [];
for (const dueAt of wanted) setTimeout(() => bareLate.push(Date.now() - dueAt), dueAt - Date.now());
await sleep(5000 + LATE_POSTS * 400 + 2000);
const lateness = queue.app.db.all("SELECT started_at - due_at AS late FROM publication_attempts WHERE due_at < :end", { end: first + 86_400_000 }).map((row) => Number(row['late']));
if (lateness.length !== LATE_POSTS) throw new Error(`${lateness.length} of ${LATE_POSTS} went out`);
figure('publish.late', 'a post begun after its due instant with 10,000 queued, p99, beside a bare timer', percentile(lateness, 0.99), 'ms', 250, Math.max(1, percentile(bareLate, 0.99)));
await queue.stop();

await benchDrag();
await benchColumns(KEPT, true);
if (values.scale) await benchColumns(MANY, false);

process.exitCode = report(values.json ?? null) ? 0 : 1;
