import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { basename } from 'node:path';
import { Api } from './api.ts';
import { control, type Controlled } from './control.ts';
import { type Fault, Faults, withDamagedId } from './faults.ts';
import { type Answered, type Asked, notFound, Problem } from './http.ts';
import { Limits } from './limits.ts';
import { OAuth2, unauthorised } from './oauth2.ts';
import { verifyOAuth1 } from './oauth1.ts';
import { avatarPng, namedPng, picturePng } from './png.ts';
import { hashOf } from './random.ts';
import { settle } from './relief.ts';
import { type Route, routeOf } from './routes.ts';
import { SCHEMAS } from './schemas.ts';
import { Uploads } from './uploads.ts';
import { World } from './world.ts';

const MAX_BODY = 20 * 1024 * 1024;
const LAZY_SAVE_MS = 2000;
/** Posts a minute where nothing else is said: lively, and slow enough to read. */
export const DEFAULT_PACE = 6;

export interface SandboxOptions {
  port?: number;
  seed?: number;
  worldFile?: string | null;
  /** Posts a minute of the living world, on average; at 0 it stands still. */
  pace?: number;
  /** Epoch ms. */
  clock?: () => number;
  warn?: (text: string) => void;
}
export interface Sandbox {
  url: string;
  port: number;
  world: World;
  close(): Promise<void>;
}

/** X sends its refusals as RFC 7807 problems, all else as JSON. */
const typeOf = (answer: Answered): string => `application/${answer.status >= 400 && typeof answer.body === 'object' && answer.body !== null && 'title' in answer.body ? 'problem+json' : 'json'}; charset=utf-8`;

async function collect(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > MAX_BODY) throw new Problem(413, { title: 'Payload Too Large', detail: 'Payload Too Large' });
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Starts the practice network on 127.0.0.1. Rejects with the system's error when the port is taken. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const warn = options.warn ?? ((text: string) => void process.stderr.write(`${text}\n`));
  const world = new World({ seed: options.seed ?? 1, file: options.worldFile ?? null, clock: options.clock ?? (() => Date.now()), warn });
  const api = new Api(world);
  const uploads = new Uploads(world);
  const oauth2 = new OAuth2(world);
  const faults = new Faults();
  const limits = new Limits();
  const requests: Controlled['requests'] = [];

  let teller: NodeJS.Timeout | null = null;
  const pace = {
    perMinute: 0,
    set(perMinute: number): void {
      pace.perMinute = perMinute;
      if (teller) clearTimeout(teller);
      const breathe = (): void => {
        teller = setTimeout(() => {
          settle(world);
          world.tell();
          breathe();
        }, world.pause(perMinute));
      };
      teller = null;
      if (perMinute > 0) breathe();
    },
  };
  const saver = setInterval(() => {
    // A world that stands still answers nobody either.
    if (pace.perMinute > 0) settle(world);
    world.saveIfChanged();
  }, LAZY_SAVE_MS);

  const image = (asked: Asked): Answered => {
    const [, , kind, name] = asked.path.split('/');
    const png = (data: Buffer): Answered => ({ status: 200, body: null, raw: { type: 'image/png', data } });
    const bare = decodeURIComponent(basename(name ?? '', '.png'));
    const user = kind === 'avatar' ? world.user(bare) : undefined;
    if (user) return png(avatarPng(user.initials, user.colour));
    if (kind === 'picture') return png(namedPng(bare) ?? picturePng(/^\d{1,6}$/.test(bare) ? Number(bare) : hashOf(bare) % 1000));
    const upload = world.uploads.find((each) => each.file === basename(name ?? ''));
    if (kind !== 'upload' || !upload) throw notFound();
    return { status: 200, body: null, raw: { type: upload.mime, data: readFileSync(world.uploadPath(upload.file)) } };
  };

  const callApi = (asked: Asked, route: Route, fault: Fault | null): Answered => {
    const me = verifyOAuth1(world, asked) ?? oauth2.userOf(asked);
    if (!me || fault?.kind === 'unauthorised') throw unauthorised();
    const counted = limits.count(route.limit, me.id, world.now(), fault?.kind === 'rateLimit');
    if (!counted.ok) throw new Problem(429, { title: 'Too Many Requests', detail: 'Too Many Requests' }, counted.headers);
    if (fault?.kind === 'spendCap') throw new Problem(403, { title: 'SpendCapReached', detail: 'The spending limit of this billing cycle was reached.', type: 'https://api.twitter.com/2/problems/spend-cap', reset_date: '2030-01-01' }, counted.headers);
    if (fault?.kind === 'usageCap') throw new Problem(429, { title: 'UsageCapExceeded', detail: 'Usage cap exceeded: Monthly product cap', type: 'https://api.twitter.com/2/problems/usage-capped', period: 'Monthly', scope: 'Product' }, counted.headers);
    if (fault?.kind === 'noCredits') throw new Problem(402, { title: 'CreditsDepleted', detail: 'Your enrolled account does not have any credits to fulfill this request.', type: 'https://api.twitter.com/2/problems/credits' }, counted.headers);
    if (fault?.kind === 'status') throw new Problem(fault.status ?? 503, { title: 'Service Unavailable', detail: 'Service Unavailable' }, counted.headers);
    let answer: Answered;
    try {
      answer = route.run(asked, me);
    } catch (cause) {
      if (cause instanceof Problem) cause.answer.headers = { ...counted.headers, ...cause.answer.headers };
      throw cause;
    }
    if (route.schema) {
      const plain: unknown = JSON.parse(JSON.stringify(answer.body));
      const checked = SCHEMAS[route.schema].safeParse(plain);
      if (!checked.success) {
        warn(`an answer does not fit its own schema: ${asked.method} ${asked.path}: ${checked.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ').slice(0, 400)}`);
        throw new Problem(500, { title: 'Internal Error', detail: 'The practice network made a wrong answer.' });
      }
    }
    return { ...answer, headers: { ...counted.headers, ...answer.headers } };
  };

  const dispatch = (asked: Asked, fault: Fault | null): Answered => {
    const at = `${asked.method} ${asked.path}`;
    if (asked.path.startsWith('/__sandbox/')) return control(asked, { world, api, faults, limits, requests, pace });
    if (asked.path.startsWith('/img/')) return image(asked);
    if (at === 'GET /i/oauth2/authorize') return oauth2.authorize(asked);
    if (at === 'POST /2/oauth2/token') return oauth2.token(asked);
    if (at === 'POST /2/oauth2/revoke') return oauth2.revoke(asked);
    if (pace.perMinute > 0) settle(world);
    const route = routeOf(api, uploads, asked);
    if (!route) throw notFound();
    return callApi(asked, route, fault);
  };

  const write = (response: ServerResponse, answer: Answered, cut: boolean): void => {
    const body = answer.raw ? answer.raw.data : answer.body === null ? '' : JSON.stringify(answer.body);
    const bytes = Buffer.from(body);
    response.writeHead(answer.status, {
      date: new Date(world.now()).toUTCString(), 'content-type': answer.raw?.type ?? typeOf(answer), 'content-length': String(bytes.length), ...answer.headers,
    });
    if (!cut) {
      response.end(bytes);
      return;
    }
    response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? '127.0.0.1'}`);
    const method = request.method ?? 'GET';
    const path = url.pathname;
    const isControl = path.startsWith('/__sandbox/');
    const fault = isControl || path.startsWith('/img/') ? null : faults.take(method, path);
    if (fault?.kind === 'resetBefore') {
      request.socket.resetAndDestroy();
      return;
    }
    let answer: Answered;
    try {
      const body = await collect(request);
      if (fault?.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.ms ?? 1000));
      answer = dispatch({ method, path, query: url.searchParams, headers: request.headers, body, origin: url.origin }, fault);
    } catch (cause) {
      if (cause instanceof Problem) answer = cause.answer;
      else {
        warn(`${method} ${path}: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`);
        answer = { status: 500, body: { title: 'Internal Error', detail: 'Internal Error', type: 'about:blank', status: 500 } };
      }
    }
    if (!isControl) requests.push({ at: world.now(), method, path, status: answer.status });
    if (requests.length > 2000) requests.splice(0, 1000);
    if (fault?.kind === 'damagedId') answer = { ...answer, body: withDamagedId(answer.body) };
    if (fault?.kind === 'resetAfter') request.socket.resetAndDestroy();
    else if (fault?.kind === 'hangAfterAccept') setTimeout(() => response.destroy(), fault.ms ?? 120_000).unref();
    else if (fault?.kind === 'statusAfterAccept') write(response, { status: fault.status ?? 503, body: { title: 'Service Unavailable', detail: 'Service Unavailable', type: 'about:blank', status: fault.status ?? 503 } }, false);
    else write(response, answer, fault?.kind === 'cutBody');
  };

  const server = createServer((request, response) => {
    serve(request, response).catch((cause: unknown) => {
      warn(String(cause));
      response.destroy();
    });
  });
  const open = new Set<Socket>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', () => resolve());
  });
  pace.set(options.pace ?? DEFAULT_PACE);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`, port, world,
    async close() {
      if (teller) clearTimeout(teller);
      clearInterval(saver);
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      world.saveIfChanged();
    },
  };
}
