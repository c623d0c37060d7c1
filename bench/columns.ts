import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { ingestPage } from '../src/main/core/features/columns/ingest.ts';
import { FIND_SQL, PostsRepository, SCAN_SQL } from '../src/main/core/features/columns/postsRepository.ts';
import { ColumnsRepository } from '../src/main/core/features/columns/repository.ts';
import { NO_FILTER, searchExpression } from '../src/shared/domain/columnFilter.ts';
import { startCore } from '../tests/support/core.ts';
import { startHost } from '../tests/support/host.ts';
import { benchElectron } from './electron.ts';
import { figure, percentile } from './figures.ts';
import { bareInserts } from './inserts.ts';
import { fiveColumns, pageOf, syntheticUsers, variedPosts } from './profile.ts';
import { settled } from './processor.ts';
import { rpcLine } from './rpcLine.ts';
import { benchScroll } from './scroll.ts';

const STEP = 5000;
const RATED = 20_000;
const SERIES = 5;
const ASKED = 80;
/** Between two calls, as somebody uses it; what one leaves to be cleared away is not counted to the next. */
const PAUSE_MS = 12;
const NEWEST = '9223372036854775807';
/** Leaves a little less than two thirds of the posts. */
const FILTER = { ...NO_FILTER, exclude: ['sorteo', '/\\b(casino|apuestas?)\\b/', '@lectora_7'], lang: 'es' };
const label = (n: number): string => n.toLocaleString('en-GB');

/** Calls that are timed one after the other, ms: the p95 of the quietest of five series, because the machine has other work. */
async function p95Of(run: (i: number) => Promise<void> | void, pause = 0): Promise<number> {
  const series: number[] = [];
  for (let n = 0; n < SERIES; n += 1) {
    const took: number[] = [];
    for (let i = 0; i < ASKED; i += 1) {
      const began = performance.now();
      await run(i);
      took.push(performance.now() - began);
      if (pause > 0) await sleep(pause);
    }
    series.push(percentile(took, 0.95));
  }
  return Math.min(...series);
}

/** Filtered columns and the search in what is kept at `stored` posts of varied words; the last 20,000 are put in while their rate is taken. With `windows`, the start in Electron and scrolling are measured too. */
export async function benchColumns(stored: number, windows: boolean): Promise<void> {
  const core = await startCore({ pace: 0 });
  const { accountId, homeId } = await fiveColumns(core);
  const posts = new PostsRepository(core.app.db, { register: () => null, path: () => null, load: () => Promise.resolve(null) });
  const columns = new ColumnsRepository(core.app.db);
  const sourceId = columns.get(homeId)?.sourceId ?? 0;
  const place = { origin: 'practice', accountId, sourceId, base: core.sandbox.url, network: 'practice' as const };
  const users = syntheticUsers(400);
  const end = Date.now();
  const standing = columns.sourceById(sourceId);
  if (!standing) throw new Error('no source');
  core.app.db.tx(() => posts.store({ ...place, sourceId: null }, { posts: [], related: [], users, gone: [] }, end));
  const store = (rows: ReturnType<typeof variedPosts>) => ingestPage({ db: core.app.db, columns, posts }, place, standing, pageOf(rows, users), { now: end, next: end + 86_400_000 }, () => () => undefined);
  for (let from = 0; from < stored - RATED; from += STEP) await store(variedPosts(from, Math.min(from + STEP, stored - RATED), stored, end));
  const last = variedPosts(stored - RATED, stored, stored, end);
  const began = performance.now();
  for (let from = 0; from < RATED; from += STEP) await store(last.slice(from, from + STEP));
  const rate = RATED / ((performance.now() - began) / 1000);
  await core.call('columns.setFilter', { columnId: homeId, filter: FILTER });
  const words = ['impuesto "renta"', 'factura "cierre fiscal"', 'auditoría "plazo"', '"trimestre"', 'retención "sorteo"'];
  const prefixes = ['re', 'fac', 'impu', 'plazo con', 'renta fa', 'sorteo', 'trimes'];
  const locals = new Map<string, string>();
  for (const query of [...words, ...prefixes]) locals.set(query, (await core.call('columns.add', { accountId, source: { kind: 'local', query } })).id);
  core.app.db.raw.pragma('wal_checkpoint(TRUNCATE)');
  const bareRate = bareInserts(last, core.ports.paths.database);
  figure(`ingest.rate.${stored}`, `rows a second into ${label(stored)} posts, beside bare inserts into the same tables`, rate, 'rows/s', 0.5 * bareRate, bareRate, 'higher');
  const inCore = await p95Of(async () => { await core.call('columns.page', { columnId: homeId, limit: 50 }); }, PAUSE_MS);
  const { profile } = core.ports.paths;
  await core.stop();

  const bare = new Database(`${profile}/parrilla.db`, { readonly: true });
  const scan = bare.prepare(SCAN_SQL);
  const find = bare.prepare(FIND_SQL);
  const bareFind = (queries: string[]) => p95Of((i) => { find.all({ origin: 'practice', accountId, match: searchExpression(queries[i % queries.length] ?? '') ?? '', before: Number.MAX_SAFE_INTEGER, limit: 51 }); }, PAUSE_MS);
  // As many rows as a page looks at: the statement is what cannot be saved.
  const looked = 100;
  const baseline = { filtered: await p95Of(() => { scan.all({ accountId, sourceId, before: NEWEST, limit: looked }); }, PAUSE_MS), words: await bareFind(words), prefix: await bareFind(prefixes) };
  bare.close();

  const host = await startHost({ profile });
  const line = await rpcLine(host);
  const page = (columnId: string) => async (): Promise<void> => {
    const output = await line.ask('columns.page', { columnId, limit: 50 });
    if (output.rows.length === 0) throw new Error('an empty page');
  };
  const asked = (queries: string[]) => p95Of((i) => page(locals.get(queries[i % queries.length] ?? '') ?? '')(), PAUSE_MS);
  // The start itself is another figure, and so is what is looked through after it.
  await settled(host.process.pid ?? 0);
  const filtered = await p95Of(page(homeId), PAUSE_MS);
  figure(`column.filtered.${stored}`, `newest 50 of a filtered column through the whole RPC at ${label(stored)} posts, p95, beside the bare statement`, filtered, 'ms', 4, baseline.filtered);
  figure(`column.filtered.core.${stored}`, 'the same within core, p95, beside the bare statement', inCore, 'ms', 3 * baseline.filtered, baseline.filtered);
  figure(`search.words.${stored}`, `a search for words in ${label(stored)} posts through the whole RPC, p95, beside the bare statement`, await asked(words), 'ms', 5, baseline.words);
  figure(`search.prefix.${stored}`, `a search for the beginning of a word in ${label(stored)} posts through the whole RPC, p95, beside the bare statement`, await asked(prefixes), 'ms', 30, baseline.prefix);
  line.close();
  await host.stop();
  if (!windows) return;
  await benchElectron(profile, `${label(stored)} posts`);
  await benchScroll();
}
