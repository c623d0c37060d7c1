import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../support/host.ts';

it('docs/SCHEDULER.md says what the table says', () => {
  const checked = spawnSync(process.execPath, [join(root, 'scripts', 'docs.mjs'), '--check'], { encoding: 'utf8' });
  expect(checked.status, `run npm run docs\n${checked.stderr}`).toBe(0);
});
