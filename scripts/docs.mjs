// Writes the generated parts of docs/SCHEDULER.md from the code; `--check` only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TRANSITIONS, USER_ACTS } from '../src/shared/domain/publication.ts';
import { PRICES } from '../src/shared/domain/price.ts';

const path = join(fileURLToPath(new URL('.', import.meta.url)), '..', 'docs', 'SCHEDULER.md');
const table = Object.entries(TRANSITIONS)
  .map(([state, row]) => `| \`${state}\` | ${Object.entries(row).map(([event, next]) => `${event}${USER_ACTS.has(event) ? '*' : ''} → \`${next}\``).join('<br>') || '(an end)'} |`)
  .join('\n');
const prices = Object.entries(PRICES).map(([name, value]) => `| ${name} | ${value} |`).join('\n');

/** The page with its generated parts as the code has them now. */
function current(page) {
  const put = (text, name, content) => {
    const found = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`);
    if (!found.test(text)) throw new Error(`docs/SCHEDULER.md has no place for ${name}`);
    return text.replace(found, (_, open, close) => `${open}${content}\n${close}`);
  };
  return put(put(page, 'transitions', `| State | Event → next state |\n|---|---|\n${table}`), 'prices', `| What | USD |\n|---|---|\n${prices}`);
}
const page = readFileSync(path, 'utf8');
const wanted = current(page);
if (process.argv.includes('--check')) process.exit(page === wanted ? 0 : 1);
writeFileSync(path, wanted);
