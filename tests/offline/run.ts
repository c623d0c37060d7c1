// The offline test: npm run test:offline [-- --days N --per-day N --seed N --kill-ms N]
import { week } from './week.ts';

const argument = (name: string, usual: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? usual : Number(process.argv[at + 1]);
};
const result = await week({ days: argument('days', 5), perDay: argument('per-day', 14), seed: argument('seed', 11), killMs: argument('kill-ms', 2900), say: (line) => void process.stdout.write(`${line}\n`) });
for (const line of [...result.lost, ...result.twice]) process.stdout.write(`${line}\n`);
process.stdout.write(`answers and posts out ${result.answered}, not out with their reason ${JSON.stringify(result.conflicts)}, kills ${result.kills}\n`);
process.stdout.write(`lost ${result.lost.length}, twice ${result.twice.length}, actions ${result.actions}\n`);
process.exit(result.lost.length + result.twice.length === 0 && result.actions >= 200 ? 0 : 1);
