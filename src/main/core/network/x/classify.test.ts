import { describe, expect, it } from 'vitest';
import { type Answer, classify } from './classify.ts';
import { unescapeText } from './map.ts';

const now = 1_790_000_000_000;
const seconds = (ms: number): string => String(Math.floor(ms / 1000));
const answer = (patch: Partial<Answer>): Answer => ({ status: null, body: null, headers: {}, connected: true, detail: '', ...patch });

describe('a reset that cannot be true', () => {
  const DAY_AND_HOUR = 25 * 60 * 60_000;
  it.each<[string, Record<string, string>, number]>([
    ['hundreds of digits', { 'x-rate-limit-reset': '9'.repeat(400) }, now + 15 * 60_000],
    ['the year 3000', { 'x-rate-limit-reset': '32503680000' }, now + DAY_AND_HOUR],
    ['a daily counter in the year 3000', { 'x-user-limit-24hour-remaining': '0', 'x-user-limit-24hour-reset': '32503680000' }, now + DAY_AND_HOUR],
    ['a wait of years', { 'retry-after': '999999999999' }, now + DAY_AND_HOUR],
  ])('%s', (_, headers, resetAt) => {
    expect(classify(answer({ status: 429, headers }), now)).toMatchObject({ kind: 'rateLimited', resetAt });
  });
});

describe('how a call can end: one row each', () => {
  it.each<[string, Partial<Answer>, object]>([
    ['refused before writing', { connected: false, detail: 'ECONNREFUSED' }, { kind: 'notSent' }],
    ['name not found', { connected: false, detail: 'ENOTFOUND' }, { kind: 'notSent' }],
    ['time-out after connecting', { detail: 'AbortError' }, { kind: 'ambiguous', status: null }],
    ['reset after writing', { detail: 'ECONNRESET' }, { kind: 'ambiguous', status: null }],
    ['cut body of a success', { status: 201 }, { kind: 'ambiguous', status: 201 }],
    ['500', { status: 500 }, { kind: 'ambiguous', status: 500 }],
    ['503', { status: 503, body: { title: 'Service Unavailable' } }, { kind: 'ambiguous', status: 503 }],
    ['504', { status: 504 }, { kind: 'ambiguous' }],
    ['408', { status: 408 }, { kind: 'ambiguous' }],
    ['401', { status: 401, body: { title: 'Unauthorized' } }, { kind: 'reauth' }],
    ['402', { status: 402, body: { title: 'CreditsDepleted' } }, { kind: 'budget' }],
    ['spend cap', { status: 403, body: { title: 'SpendCapReached', detail: 'cap' } }, { kind: 'budget' }],
    ['spend cap as 429', { status: 429, body: { title: 'SpendCapReached' } }, { kind: 'budget' }],
    ['credits by type', { status: 403, body: { title: 'Forbidden', type: 'https://api.twitter.com/2/problems/credits' } }, { kind: 'budget' }],
    ['usage cap by title', { status: 429, body: { title: 'UsageCapExceeded' } }, { kind: 'budget' }],
    ['usage cap', { status: 429, body: { title: 'UsageCapExceeded', type: 'https://api.x.com/2/problems/usage-capped' } }, { kind: 'budget' }],
    ['429 with its reset', { status: 429, headers: { 'x-rate-limit-reset': seconds(now + 60_000) } }, { kind: 'rateLimited', resetAt: now + 60_000 }],
    ['429 of the day', { status: 429, headers: { 'x-rate-limit-reset': seconds(now + 60_000), 'x-user-limit-24hour-remaining': '0', 'x-user-limit-24hour-reset': seconds(now + 3_600_000) } }, { kind: 'rateLimited', resetAt: now + 3_600_000 }],
    ['429 of the app\'s day', { status: 429, headers: { 'x-app-limit-24hour-remaining': '0', 'x-app-limit-24hour-reset': seconds(now + 7_200_000) } }, { kind: 'rateLimited', resetAt: now + 7_200_000 }],
    ['429 whose day is not used up', { status: 429, headers: { 'x-rate-limit-reset': seconds(now + 60_000), 'x-user-limit-24hour-remaining': '7', 'x-user-limit-24hour-reset': seconds(now + 3_600_000) } }, { kind: 'rateLimited', resetAt: now + 60_000 }],
    ['429 whose reset has passed', { status: 429, headers: { 'x-rate-limit-reset': seconds(now - 60_000) } }, { kind: 'rateLimited', resetAt: now + 900_000 }],
    ['429 with retry-after', { status: 429, headers: { 'retry-after': '30' } }, { kind: 'rateLimited', resetAt: now + 30_000 }],
    ['429 with words for numbers', { status: 429, headers: { 'x-rate-limit-reset': 'soon', 'retry-after': 'later' } }, { kind: 'rateLimited', resetAt: now + 900_000 }],
    ['429 in old clothes', { status: 429, body: { errors: [{ code: 88, message: 'Rate limit exceeded' }] } }, { kind: 'rateLimited' }],
    ['429 that says nothing', { status: 429 }, { kind: 'rateLimited', resetAt: now + 900_000 }],
    ['duplicate', { status: 403, body: { detail: 'You are not allowed to create a Tweet with duplicate content.' } }, { kind: 'duplicate' }],
    ['duplicate, old code', { status: 403, body: { errors: [{ code: 187, message: 'Status is a duplicate.' }] } }, { kind: 'duplicate' }],
    ['reply not allowed', { status: 403, body: { detail: 'Reply to this conversation is not allowed because you have not been mentioned' } }, { kind: 'definite', code: 'network_reply_not_allowed' }],
    ['reply not allowed, other words', { status: 403, body: { detail: 'You can only reply to or quote posts where you are mentioned or are the author.' } }, { kind: 'definite', code: 'network_reply_not_allowed' }],
    ['wrong permissions of the app', { status: 403, body: { title: 'Forbidden', type: 'https://api.x.com/2/problems/oauth1-permissions' } }, { kind: 'reauth', status: 403 }],
    ['app outside a project', { status: 403, body: { title: 'Client Forbidden', type: 'https://api.twitter.com/2/problems/client-forbidden' } }, { kind: 'reauth', status: 403 }],
    ['account suspended', { status: 403, body: { errors: [{ code: 64, message: 'Your account is suspended and is not permitted to access this feature.' }] } }, { kind: 'reauth', status: 403 }],
    ['somebody else suspended', { status: 403, body: { detail: 'User has been suspended.' } }, { kind: 'definite', code: 'network_forbidden' }],
    ['quote not allowed', { status: 403, body: { detail: 'Quoting posts via the API is not permitted' } }, { kind: 'definite', code: 'network_forbidden' }],
    ['too long as 403', { status: 403, body: { detail: 'Your Tweet text is too long.' } }, { kind: 'definite', code: 'text_too_long' }],
    ['too long as 400', { status: 400, body: { detail: 'Your Tweet text is too long.' } }, { kind: 'definite', code: 'text_too_long' }],
    ['400', { status: 400, body: { errors: [{ message: 'bad field' }] } }, { kind: 'definite', code: 'network_refused', detail: 'bad field' }],
    ['404', { status: 404 }, { kind: 'definite', code: 'network_not_found' }],
    ['410', { status: 410 }, { kind: 'definite', code: 'network_not_found' }],
    ['409', { status: 409 }, { kind: 'definite', code: 'network_refused' }],
    ['422', { status: 422 }, { kind: 'definite', code: 'network_refused' }],
    ['413', { status: 413 }, { kind: 'definite', code: 'network_refused' }],
    ['a redirect', { status: 302 }, { kind: 'ambiguous' }],
    ['an unreadable 200', { status: 200 }, { kind: 'ambiguous', status: 200 }],
    ['TLS refused', { connected: false, detail: 'CERT_HAS_EXPIRED' }, { kind: 'notSent' }],
    ['problem of wrong types', { status: 403, body: { title: 5, errors: 'x' } }, { kind: 'definite', code: 'network_forbidden' }],
    ['very long words', { status: 400, body: { detail: 'x'.repeat(9000) } }, { kind: 'definite', detail: 'x'.repeat(300) }],
    ['garbage body', { status: 403, body: '<html>' }, { kind: 'definite', code: 'network_forbidden' }],
  ])('%s', (_, patch, expected) => expect(classify(answer(patch), now)).toMatchObject(expected));
});

describe('escaped text', () => {
  it('keeps offsets true over escapes and emoji', () => {
    const { text, offsets } = unescapeText('😀 a &amp; b &lt;c&gt; &amp;amp;');
    expect(text).toBe('😀 a & b <c> &amp;');
    expect(offsets[2]).toBe(2);
    expect(offsets[10]).toBe(6);
    expect(offsets.at(-1)).toBe([...text].length);
  });
});
