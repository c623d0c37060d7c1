import { expect, it } from 'vitest';
import { crashTest } from './run.ts';

it('SIGKILL at each named point and at random moments neither doubles nor loses a post', async () => {
  const summary = await crashTest({ random: 3, seed: 7, short: true, say: (line) => void process.stdout.write(`${line}\n`) });
  expect({ duplicates: summary.duplicates, lost: summary.lost, unreached: summary.unreached }).toEqual({ duplicates: [], lost: [], unreached: [] });
}, 600_000);
