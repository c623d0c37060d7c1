import { expect, it } from 'vitest';
import { crashTest } from './run.ts';

it('SIGKILL at every named point and at random moments neither doubles nor loses a post', async () => {
  const summary = await crashTest({ random: 20, seed: 7, say: (line) => void process.stdout.write(`${line}\n`) });
  expect({ duplicates: summary.duplicates, lost: summary.lost, unreached: summary.unreached }).toEqual({ duplicates: [], lost: [], unreached: [] });
}, 600_000);
