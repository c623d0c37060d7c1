import type { IncomingMessage } from 'node:http';

export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: Buffer;
  /** `http://127.0.0.1:PORT` as the caller named it. */
  origin: string;
}
export interface Answered {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
  /** Bytes or text sent as they are, with their type, in place of `body`. */
  raw?: { type: string; data: Buffer | string };
}

/** A refusal in X's form (RFC 7807). */
export class Problem extends Error {
  readonly answer: Answered;
  constructor(status: number, fields: { title?: string; detail: string; type?: string } & Record<string, unknown>, headers: Record<string, string> = {}) {
    super(fields.detail);
    this.answer = { status, body: { title: 'Invalid Request', type: 'about:blank', status, ...fields }, headers };
  }
}
export const forbidden = (detail: string): Problem => new Problem(403, { title: 'Forbidden', detail });
export const notFound = (): Problem => new Problem(404, { title: 'Not Found', detail: 'Not Found' });
export const invalid = (detail: string): Problem => new Problem(400, { title: 'Invalid Request', detail, type: 'https://api.twitter.com/2/problems/invalid-request', errors: [{ message: detail, parameters: {} }] });

export function jsonBody(asked: Asked): Record<string, unknown> {
  try {
    const found: unknown = JSON.parse(asked.body.toString('utf8') || '{}');
    if (typeof found === 'object' && found !== null && !Array.isArray(found)) return found as Record<string, unknown>;
  } catch {
    // Falls through to the refusal.
  }
  throw invalid('The body is not a JSON object.');
}

/** What an upload sends, by name: as multipart, or as JSON with its bytes in base64; X takes both. */
export function uploadParts(asked: Asked): Map<string, Buffer> {
  if (!(asked.headers['content-type'] ?? '').startsWith('application/json')) return multipart(asked);
  return new Map(Object.entries(jsonBody(asked)).map(([name, value]) => [name, name === 'media' ? Buffer.from(String(value), 'base64') : Buffer.from(String(value))]));
}
/** Parts of a multipart body: name -> bytes. Enough for uploads: no nested parts, no encodings. */
function multipart(asked: Asked): Map<string, Buffer> {
  const boundary = /boundary="?([^";]+)"?/.exec(asked.headers['content-type'] ?? '')?.[1];
  const parts = new Map<string, Buffer>();
  if (!boundary) return parts;
  const mark = Buffer.from(`--${boundary}`);
  let at = asked.body.indexOf(mark);
  while (at >= 0) {
    const next = asked.body.indexOf(mark, at + mark.length);
    if (next < 0) break;
    const part = asked.body.subarray(at + mark.length + 2, next - 2);
    const split = part.indexOf('\r\n\r\n');
    const name = /name="([^"]*)"/.exec(part.subarray(0, Math.max(0, split)).toString('latin1'))?.[1];
    if (split >= 0 && name !== undefined) parts.set(name, part.subarray(split + 4));
    at = next;
  }
  return parts;
}
