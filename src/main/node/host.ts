import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { AppError } from '../../shared/contract/errors.ts';
import { failurePage, failureWords } from '../core/adapters/failurePage.ts';
import { preparePaths } from '../core/adapters/profile.ts';
import { defaultProfile } from '../core/adapters/profileFolder.ts';
import { type App, createApp, WINDOW_FIRST_MS } from '../core/app.ts';
import { diskFailure } from '../core/db/failure.ts';
import { readFirstSight } from '../core/features/columns/firstSight.ts';
import { lockProfile, type ProfileLock } from '../core/db/lock.ts';
import { toErrorData } from '../core/rpc/router.ts';
import type { Ports } from '../core/ports.ts';
import { type HostArgs, parseHostArgs, USAGE, UsageError } from './args.ts';
import { createHttpServer } from './httpServer.ts';
import { Links } from './links.ts';
import { lockFileOf, newLink, portFileOf, systemCode } from './newLink.ts';
import { openBrowser } from './openBrowser.ts';
import { nodePorts } from './ports.ts';
import { attachWebSocket } from './wsTransport.ts';

const FIRST_PORT = 4870;
const PORTS_TRIED = 20;
const QUIT_ASKS_MS = 12 * 3_600_000;

function systemLang(): 'es' | 'en' {
  const named = process.env['LC_ALL'] || process.env['LC_MESSAGES'] || process.env['LANG'] || Intl.DateTimeFormat().resolvedOptions().locale;
  return /^es/i.test(named) ? 'es' : 'en';
}
function version(here: string): string {
  for (const path of [join(here, '..', '..', 'package.json'), join(here, '..', '..', '..', 'package.json')]) {
    try {
      const found: unknown = JSON.parse(readFileSync(path, 'utf8'));
      if (typeof found === 'object' && found !== null && 'name' in found && found.name === 'parrilla' && 'version' in found) return String(found.version);
    } catch {
      // Not there: the built and the source tree lie at different depths.
    }
  }
  return '0.0.0';
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(port, '127.0.0.1', () => {
      server.removeListener('error', fail);
      done();
    });
  });
}
/** The named port, or the first free one from 4870. Throws AppError `port_in_use`. */
async function bind(server: Server, wanted: number): Promise<number> {
  const candidates = wanted > 0 ? [wanted] : [...Array.from({ length: PORTS_TRIED }, (_, i) => FIRST_PORT + i), 0];
  for (const port of candidates) {
    try {
      await listen(server, port);
      const address = server.address();
      return typeof address === 'object' && address !== null ? address.port : port;
    } catch (cause) {
      const code = cause instanceof Error && 'code' in cause ? cause.code : '';
      if (code !== 'EADDRINUSE' && code !== 'EACCES') throw cause;
    }
  }
  throw new AppError('port_in_use', { port: wanted });
}

const say = (lang: 'es' | 'en', es: string, en: string): void => void process.stderr.write(`${lang === 'es' ? es : en}\n`);

/** One line for a file the host can do without, with what that means. */
function unwritten(lang: 'es' | 'en', path: string, cause: unknown, es: string, en: string): void {
  const code = systemCode(cause);
  say(lang, `No se puede escribir ${path} (${code}). ${es}`, `${path} cannot be written (${code}). ${en}`);
}
function dropFile(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // A folder of that name: whoever writes the file says so.
  }
}

async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await new Promise((done) => lines.question(question, done));
  } finally {
    lines.close();
  }
}

async function run(args: HostArgs, here: string): Promise<void> {
  const lang = systemLang();
  const profile = resolve(args.profile ?? defaultProfile(process.platform, process.env));
  if (args.newLink) {
    process.stdout.write(`${await newLink(profile, lang)}\n`);
    return;
  }
  const paths = preparePaths(profile);
  const lock: ProfileLock = lockProfile(lockFileOf(profile), { pid: process.pid, host: 'node' });
  const portFile = portFileOf(profile);
  const links: Links = new Links(profile, (cause) => unwritten(lang, links.path, cause, 'Los enlaces valen hasta que se cierre Parrilla.', 'Links last until Parrilla is closed.'));
  dropFile(portFile);
  const ports: Ports = await nodePorts({ paths, apiOrigin: args.xApi ?? 'https://api.x.com', version: version(here), here, lang });
  process.on('uncaughtException', (cause) => {
    // What is on the disk is whole at every moment; what is in memory is not to be trusted any more.
    ports.log.error('ended by an unexpected failure', { cause: cause.stack ?? cause.message });
    dropFile(portFile);
    process.stderr.write(`${explain(cause, lang)}\n`, () => process.exit(1));
  });
  let app: App | null = null;
  let failure: string | null = null;
  /** The page says what is wrong, as the terminal does. */
  const failed = (cause: unknown): void => {
    const error = toErrorData(cause instanceof AppError ? cause : (diskFailure(cause, paths.database) ?? cause), ports.log, 'start');
    const words = failureWords(error, lang);
    process.stderr.write(`${words.title}. ${words.body}\n${words.next}\n`);
    failure = failurePage(error, lang);
  };
  try {
    app = await createApp(ports);
  } catch (cause) {
    failed(cause);
  }
  let bound = 0;
  const server = createHttpServer(
    { links, rendererDir: resolve(here, '..', 'renderer'), lang: () => app?.lang() ?? lang, sidePath: () => app?.sidePath ?? null, failure: () => failure, firstSight: () => (app ? readFirstSight(paths.database, Date.now(), Intl.DateTimeFormat().resolvedOptions().timeZone) : Promise.resolve(null)) },
    () => bound,
  );
  const sockets = attachWebSocket(server, { app: () => app, links, port: () => bound, log: ports.log });
  try {
    bound = await bind(server, args.port);
  } catch (cause) {
    await app?.stop();
    lock.release();
    throw cause;
  }
  try {
    writeFileSync(portFile, String(bound), { mode: 0o600 });
  } catch (cause) {
    unwritten(lang, portFile, cause, 'npm start -- --new-link no sabrá el puerto; pulsa Intro aquí para tener otro enlace.', 'npm start -- --new-link will not know the port; press Enter here for another link.');
  }
  try {
    await app?.start(WINDOW_FIRST_MS);
  } catch (cause) {
    failed(cause);
    await app?.stop().catch(() => {});
    app = null;
  }
  if (args.practice && app) {
    await app.addPractice().catch((cause: unknown) => ports.log.error('the practice account could not be set up', { cause: String(cause) }));
  }
  const link = (): string => `http://127.0.0.1:${bound}/?t=${links.issue()}`;

  let ending = false;
  const stop = async (): Promise<void> => {
    ending = true;
    sockets.close();
    server.close();
    await app?.stop();
    await ports.practice.stop();
    dropFile(portFile);
    lock.release();
    process.exit(0);
  };
  /** Ends the program even when ending goes wrong: what counts is on the disk already. */
  const surely = (work: () => Promise<void>) => (): void => {
    work().catch((cause: unknown) => {
      ports.log.error('could not end in order', { cause: String(cause) });
      process.exit(1);
    });
  };
  const asked = async (): Promise<void> => {
    if (ending) process.exit(1);
    const due = app?.dueWithin(QUIT_ASKS_MS) ?? 0;
    if (due > 0 && process.stdin.isTTY) {
      ending = true;
      terminal?.close();
      const words = (app?.lang() ?? lang) === 'es'
        ? `Entradas para las próximas 12 horas: ${due}. Con Parrilla cerrada no salen. ¿Cerrar? [s/N] `
        : `Posts due in the next 12 hours: ${due}. With Parrilla closed they do not go out. Quit? [y/N] `;
      const answer = await ask(words);
      ending = false;
      if (!/^[sy]/i.test(answer.trim())) {
        terminal = watchTerminal();
        return;
      }
    } else if (due > 0) say(app?.lang() ?? lang, `Entradas para las próximas 12 horas: ${due}. Vuelve a abrir Parrilla para que salgan.`, `Posts due in the next 12 hours: ${due}. Open Parrilla again so that they go out.`);
    await stop();
  };
  const watchTerminal = (): ReturnType<typeof createInterface> | null => {
    if (!process.stdin.isTTY) return null;
    const lines = createInterface({ input: process.stdin });
    lines.on('line', () => process.stdout.write(`${link()}\n`));
    lines.on('SIGINT', surely(asked));
    return lines;
  };
  let terminal = watchTerminal();
  process.on('SIGINT', surely(asked));
  process.on('SIGTERM', surely(stop));
  // Said last: whoever reads it may end the program at once, and that is in order from here on.
  const first = link();
  process.stdout.write(`Parrilla is ready: ${first}\n`);
  if (args.open) openBrowser(first, process.platform, process.env);
}

function explain(cause: unknown, lang: 'es' | 'en'): string {
  if (cause instanceof UsageError) return cause.message;
  if (cause instanceof AppError && cause.code === 'port_in_use') {
    const port = String(cause.data.params['port']);
    return lang === 'es' ? `El puerto ${port} está ocupado. Elige otro con --port N, o no pongas ninguno.` : `Port ${port} is in use. Choose another with --port N, or name none.`;
  }
  if (cause instanceof AppError) {
    const words = failureWords(cause.data, lang);
    return `${words.title}. ${words.body}\n${words.next}`;
  }
  const words = failureWords(new AppError('internal').data, lang);
  return `${words.title}. ${words.body}\n${cause instanceof Error ? cause.message : String(cause)}`;
}

/** The host as its command line asks for it; `here` is the folder of its entry. Ends the process where it cannot begin. */
export async function begin(here: string): Promise<void> {
  // A terminal that was closed takes nothing more: that ends no program.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  try {
    const args = parseHostArgs(process.argv.slice(2));
    if (args.help) process.stdout.write(`${USAGE}\n`);
    else await run(args, here);
  } catch (cause) {
    // Said before it ends, and ended whatever is still open.
    process.stderr.write(`${explain(cause, systemLang())}\n`, () => process.exit(1));
  }
}
