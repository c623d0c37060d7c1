import { parseArgs } from 'node:util';

export interface HostArgs {
  browser: boolean;
  open: boolean;
  port: number;
  profile: string | null;
  practice: boolean;
  /** Origin of the loopback server that stands in for api.x.com, or null. */
  xApi: string | null;
  newLink: boolean;
  help: boolean;
}

export const USAGE = `Parrilla — plans, publishes and reads for the solo community manager on X.

  npm start -- [flags]

  --browser        never try Electron: serve the window to the browser
  --no-open        do not open a browser, only print the link
  --port N         listen on 127.0.0.1:N (default: a free port near 4870)
  --profile DIR    folder of this profile (database, media, practice world)
  --practice       set up the practice account at once
  --x-api URL      loopback only: use that server instead of api.x.com
  --new-link       print another one-time link for the running program
  --help           this text`;

/** A flag that cannot be used, in words with the next step. */
export class UsageError extends Error {}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Reads the command line. Throws UsageError naming the flag and what it wants. */
export function parseHostArgs(argv: string[]): HostArgs {
  let values;
  try {
    ({ values } = parseArgs({
      args: argv,
      strict: true,
      allowPositionals: false,
      options: {
        browser: { type: 'boolean' }, 'no-open': { type: 'boolean' }, port: { type: 'string' }, profile: { type: 'string' },
        practice: { type: 'boolean' }, 'x-api': { type: 'string' }, 'new-link': { type: 'boolean' }, help: { type: 'boolean' },
      },
    }));
  } catch (cause) {
    throw new UsageError(`${cause instanceof Error ? cause.message : String(cause)}\nSee --help for the flags there are.`);
  }
  let port = 0;
  if (values.port !== undefined) {
    port = Number(values.port);
    if (!/^\d{1,5}$/.test(values.port) || port > 65_535) throw new UsageError(`--port wants a number from 0 to 65535, not "${values.port}".`);
  }
  if (values.profile !== undefined && values.profile.trim() === '') throw new UsageError('--profile wants a folder.');
  return {
    browser: values.browser ?? false,
    open: !(values['no-open'] ?? false),
    port,
    profile: values.profile ?? null,
    practice: values.practice ?? false,
    xApi: values['x-api'] === undefined ? null : loopbackOrigin(values['x-api']),
    newLink: values['new-link'] ?? false,
    help: values.help ?? false,
  };
}

function loopbackOrigin(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new UsageError(`--x-api wants an address such as http://127.0.0.1:8080, not "${text}".`);
  }
  if (url.protocol !== 'http:' || !LOOPBACK.has(url.hostname)) {
    throw new UsageError(`--x-api takes a server on this computer only (http://127.0.0.1:PORT), not "${text}".`);
  }
  return url.origin;
}
