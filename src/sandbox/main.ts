import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CLIENT_ID, ownAccounts } from './oauth2.ts';
import { keysOf } from './oauth1.ts';
import { DEFAULT_PACE, startSandbox } from './server.ts';

const USAGE = `The practice network: an X-API-v2-compatible server on this computer with a small fictional world.

  npm run sandbox -- [flags]

  --port N             listen on 127.0.0.1:N (0: any free port; default 4890)
  --seed S             which world is told (a number; default 1)
  --world FILE         keep the world in FILE
  --pace N             posts a minute, on average (default ${DEFAULT_PACE}; 0 stands still)
  --exit-with-parent   end when the program that started it ends
  --help               this text`;

class Wrong extends Error {}
function whole(name: string, text: string | undefined, usual: number, most: number): number {
  if (text === undefined) return usual;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > most) throw new Wrong(`--${name} wants a whole number up to ${most}, not "${text}".`);
  return value;
}

try {
  let values;
  try {
    ({ values } = parseArgs({
      strict: true,
      options: { port: { type: 'string' }, seed: { type: 'string' }, world: { type: 'string' }, pace: { type: 'string' }, 'exit-with-parent': { type: 'boolean' }, help: { type: 'boolean' } },
    }));
  } catch (cause) {
    throw new Wrong(`${cause instanceof Error ? cause.message : String(cause)}\nSee --help for the flags there are.`);
  }
  if (values.help) process.stdout.write(`${USAGE}\n`);
  else {
    const sandbox = await startSandbox({
      port: whole('port', values.port, 4890, 65_535), seed: whole('seed', values.seed, 1, 2 ** 31), pace: whole('pace', values.pace, DEFAULT_PACE, 6000), worldFile: values.world ? resolve(values.world) : null,
    });
    process.stdout.write(`sandbox ready: ${sandbox.url}\n`);
    const end = (): void => {
      void sandbox.close().finally(() => process.exit(0));
    };
    if (values['exit-with-parent']) {
      // A utility process of Electron ends with its parent by itself and has no standard input.
      if (!('parentPort' in process)) {
        const parent = process.ppid;
        // The pipe closes with the parent; should it be held open by another, the parent's id still changes.
        process.stdin.on('end', end).on('close', end).on('error', end).resume();
        setInterval(() => {
          if (process.ppid !== parent) end();
        }, 1000).unref();
      }
    } else {
      // The app is one; an access token is of one account.
      const own = ownAccounts(sandbox.world).map((user) => ({ user, keys: keysOf(user, sandbox.world.seed) }));
      if (own[0]) process.stdout.write(`API key: ${own[0].keys.appKey}\nAPI secret: ${own[0].keys.appSecret}\nOAuth 2 client id: ${CLIENT_ID}\n`);
      for (const { user, keys } of own) process.stdout.write(`account: @${user.username}\n  access token: ${keys.accessToken}\n  access secret: ${keys.accessSecret}\n`);
    }
    process.on('SIGINT', end);
    process.on('SIGTERM', end);
  }
} catch (cause) {
  const taken = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
  process.stderr.write(`${taken ? 'That port is in use. Choose another with --port N (0 takes any free one).' : cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exit(cause instanceof Wrong ? 2 : 1);
}
