import http from 'node:http';
import https from 'node:https';
import { Socket } from 'node:net';
import { ApiPartialResponseError, ApiRequestError, ApiResponseError, type ITwitterApiClientPlugin, type TwitterApiTokens, TwitterApi } from 'twitter-api-v2';
import type { Answer } from './classify.ts';
import { hideSecrets } from './hideSecrets.ts';

/** How long one call may take in all, ms; uploads have longer. */
export const CALL_MS = 20_000;
export const UPLOAD_MS = 90_000;

export type Tokens = { auth: 'oauth1'; tokens: TwitterApiTokens } | { auth: 'oauth2'; bearer: string };
export type CallResult = { ok: true; body: unknown; headers: Answer['headers'] } | { ok: false; answer: Answer };

/** Longest answer that is read, bytes; a full page of 100 posts with all that comes along is about a tenth. */
const MOST_BYTES = 8 * 1024 * 1024;
const WATCH_MS = 20;

const NETWORK_HOST = /(^|\.)(x|twitter)\.com$/;

/** Ends a connection over which too much comes: the library keeps whole answers in memory and has no limit of its own. */
function limitAnswer(socket: Socket): void {
  const watch = setInterval(() => {
    if (socket.bytesRead > MOST_BYTES) socket.destroy(new Error('the answer is too long'));
  }, WATCH_MS);
  watch.unref();
  socket.once('close', () => clearInterval(watch));
}

/** One agent per call: a connection left over from before may be dead, and a request lost on it would look sent. */
function watchingAgent(secure: boolean, onConnected: () => void): http.Agent {
  const agent = secure ? new https.Agent({ keepAlive: false }) : new http.Agent({ keepAlive: false });
  const create = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const socket = create(options, callback);
    socket?.once(secure ? 'secureConnect' : 'connect', onConnected);
    if (socket instanceof Socket) limitAnswer(socket);
    return socket;
  };
  return agent;
}

/**
 * Makes one request through the library: rewrites the address where another server stands in (x-api-facts §8.2),
 * adds the deadline, and answers what is known of the outcome. Never retries.
 *
 * The library's traps (x-api-facts §8.4) and where each is met: the hidden cause of a request error, `answerOf` below;
 * its error codes that never match, classify.ts; token calls sent as JSON, our own in oauth2.ts; its plugins for limits
 * and refresh, not used (session.ts keeps both); paginators that fetch on, not used (one raw call a page, session.ts);
 * its uploader, our own in upload.ts; its debug switch, which logs keys, never set; its decompression, below.
 */
export async function call(
  options: { origin: string; tokens: Tokens; timeoutMs?: number; signal?: AbortSignal | undefined },
  request: (client: TwitterApi) => Promise<{ data: unknown; headers: Answer['headers'] }>,
): Promise<CallResult> {
  const target = new URL(options.origin);
  let connected = false;
  const agent = watchingAgent(target.protocol === 'https:', () => {
    connected = true;
  });
  const timeoutMs = options.timeoutMs ?? CALL_MS;
  const deadline = AbortSignal.timeout(timeoutMs);
  const signal = options.signal ? AbortSignal.any([deadline, options.signal]) : deadline;
  const plugin: ITwitterApiClientPlugin = {
    onBeforeRequest({ computedParams, requestOptions }) {
      const { url } = computedParams;
      if (!NETWORK_HOST.test(url.hostname)) throw new Error('unexpected host');
      url.protocol = target.protocol;
      url.host = target.host;
      requestOptions.agent = agent;
      requestOptions.timeout = timeoutMs;
      requestOptions.signal = signal;
    },
  };
  // Its unpacking streams have no error listener: a damaged gzip body would end the whole process. Answers come unpacked instead.
  const settings = { plugins: [plugin], compression: 'identity' as const };
  const client = options.tokens.auth === 'oauth1' ? new TwitterApi(options.tokens.tokens, settings) : new TwitterApi(options.tokens.bearer, settings);
  try {
    const { data, headers } = await request(client);
    return { ok: true, body: data, headers };
  } catch (cause) {
    const secrets = options.tokens.auth === 'oauth1' ? Object.values(options.tokens.tokens).filter((each) => typeof each === 'string') : [options.tokens.bearer];
    return { ok: false, answer: hideSecrets(answerOf(cause, connected), secrets) };
  } finally {
    agent.destroy();
  }
}

function answerOf(cause: unknown, connected: boolean): Answer {
  if (cause instanceof ApiResponseError) {
    return { status: cause.code, body: cause.data, headers: { ...cause.headers }, connected: true, detail: `HTTP ${cause.code}` };
  }
  if (cause instanceof ApiPartialResponseError) {
    const status = cause.response?.statusCode ?? null;
    // A cut body of a refusal is a refusal still; a cut body of a success says nothing for sure.
    return { status, body: null, headers: { ...cause.response?.headers }, connected: true, detail: 'the answer was cut off or could not be read' };
  }
  if (cause instanceof ApiRequestError) {
    // The library keeps the cause under a private name (x-api-facts §8.4, trap 1).
    const inner = (cause as unknown as { _options?: { error?: { code?: string; message?: string } } })._options?.error;
    return { status: null, body: null, headers: {}, connected, detail: inner?.code ?? inner?.message ?? cause.message };
  }
  return { status: null, body: null, headers: {}, connected, detail: cause instanceof Error ? cause.message : String(cause) };
}
