// The crash test (docs/SCHEDULER.md): npm run test:crash [-- --random N --seed N --points]
import { buildChild, crashRun, type RunResult, type Tally } from './harness.ts';
import { atRandom, eachPointOnce, everyPoint, type Kill } from './scenarios.ts';

const argument = (name: string, usual: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? usual : Number(process.argv[at + 1]);
};
const WORKERS = 2;
/** A life without a kill lasts about this long, ms; random kills fall anywhere in it. */
const LIFE_MS = 600;

export interface Summary { duplicates: string[]; lost: string[]; runs: number; unreached: string[]; table: string; tally: Tally }

function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Kills at every named point and at `random` random moments. `short`: each point once. Says what is wrong as it is found. */
export async function crashTest(options: { random: number; seed: number; short?: boolean; say: (line: string) => void }): Promise<Summary> {
  await buildChild();
  const jobs: Kill[] = [...(options.short ? eachPointOnce() : everyPoint()), ...atRandom(options.random, seeded(options.seed), LIFE_MS)];
  const results: RunResult[] = [];
  const queue = jobs.entries();
  const work = async (): Promise<void> => {
    for (const [, job] of queue) {
      const result = await crashRun(job);
      results.push(result);
      if (result.duplicates.length + result.lost.length > 0) options.say(`${result.name} ${job.atMs ?? ''}: ${[...result.duplicates, ...result.lost].join('; ')}`);
      if (results.length % 50 === 0) options.say(`${results.length} of ${jobs.length}`);
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, work));
  const rows = new Map<string, { runs: number; killed: number; tally: Tally }>();
  const empty = (): Tally => ({ posted: 0, needs_review: 0, failed: 0, missed: 0, partial: 0 });
  const total = empty();
  for (const result of results) {
    const row = rows.get(result.name) ?? { runs: 0, killed: 0, tally: empty() };
    row.runs += 1;
    row.killed += result.killed ? 1 : 0;
    for (const key of Object.keys(total) as (keyof Tally)[]) {
      row.tally[key] += result.tally[key];
      total[key] += result.tally[key];
    }
    rows.set(result.name, row);
  }
  const columns = Object.keys(total) as (keyof Tally)[];
  const table = [
    ['point', 'runs', 'killed', ...columns],
    ...[...rows].map(([point, row]) => [point, row.runs, row.killed, ...columns.map((key) => row.tally[key])]),
  ].map((cells) => cells.map((cell, i) => (i === 0 ? String(cell).padEnd(34) : String(cell).padStart(13))).join('')).join('\n');
  return {
    duplicates: results.flatMap((result) => result.duplicates), lost: results.flatMap((result) => result.lost), runs: results.length, tally: total, table,
    unreached: results.filter((result) => result.name !== 'random random' && !result.killed).map((result) => result.name),
  };
}

if (process.argv[1]?.endsWith('run.ts')) {
  const summary = await crashTest({ random: argument('random', 20), seed: argument('seed', 1), say: (line) => void process.stdout.write(`${line}\n`) });
  process.stdout.write(`${summary.table}\n`);
  if (summary.unreached.length > 0) process.stdout.write(`never reached: ${summary.unreached.join(', ')}\n`);
  process.stdout.write(`duplicates ${summary.duplicates.length}, lost ${summary.lost.length}, runs ${summary.runs}\n`);
  process.exit(summary.duplicates.length + summary.lost.length + summary.unreached.length === 0 ? 0 : 1);
}
