import module from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const own = fileURLToPath(import.meta.url);
const here = dirname(own);
// What was compiled at one start is taken from there at the next, here and in the practice network: a sixth of a start. It lies
// beside the program, so that whoever could change it could change the program as well; where nothing can be written nothing is kept.
if (own.endsWith('.js') && 'enableCompileCache' in module) {
  module.enableCompileCache(process.env['NODE_COMPILE_CACHE'] || join(here, '..', 'compiled'));
  const kept = module.getCompileCacheDir();
  if (kept !== undefined) process.env['NODE_COMPILE_CACHE'] ||= dirname(kept);
}
const { begin } = await import('./host.ts');
await begin(here);
