import type { InputOf } from '../../src/shared/contract/index.ts';

export type Kind = 'post' | 'reply' | 'thread' | 'media' | 'token' | 'random';
export type DraftOf = (world: { mentionId: string; picture: string; film: string }) => Partial<InputOf<'publications.save'>>[];
/** What is planned in each kind of run, a minute after the other; a plain post follows, so that what comes after is watched too. */
export const DRAFTS: Readonly<Record<Kind, DraftOf>> = {
  post: () => [{ text: 'Una sencilla' }, { text: 'La siguiente' }],
  reply: ({ mentionId }) => [{ text: 'Respuesta', kind: 'reply', target: { id: mentionId, username: null } }, { text: 'La siguiente' }],
  thread: ({ picture }) => [{ text: 'Hilo parte 1', parts: [{ text: 'Hilo parte 2', media: [] }, { text: 'Hilo parte 3', media: [{ id: picture, alt: '' }] }] }, { text: 'La siguiente' }],
  media: ({ picture, film }) => [{ text: 'Con vídeo', media: [{ id: film, alt: 'Un vídeo' }] }, { text: 'Con foto', media: [{ id: picture, alt: 'Una foto' }] }],
  token: () => [{ text: 'Una sencilla' }, { text: 'La siguiente' }],
  random: ({ mentionId, picture, film }) => [
    { text: 'Una sencilla' },
    { text: 'Hilo parte 1', parts: [{ text: 'Hilo parte 2', media: [] }, { text: 'Hilo parte 3', media: [{ id: picture, alt: '' }] }] },
    { text: 'Con vídeo', media: [{ id: film, alt: 'Un vídeo' }] },
    { text: '¿Cuál?', poll: { options: ['A', 'B'], minutes: 60 } },
    { text: 'Respuesta', kind: 'reply', target: { id: mentionId, username: null } },
    { text: '', kind: 'repost', target: { id: mentionId, username: null } },
    { text: 'La última' },
  ],
};

export interface Kill {
  kind: Kind;
  /** As PUBLISHING names it. */
  point: string;
  nth?: number;
  /** Points at which earlier lives end, before the one that is under test. */
  first?: { point: string; nth: number }[];
  faults?: unknown[];
  /** A random moment instead of a point, ms after the start. */
  atMs?: number;
}
const CREATE = { method: 'POST', path: '/2/tweets' };
const FOUND = { match: CREATE, kind: 'statusAfterAccept', status: 503 };
const LOST = { match: CREATE, kind: 'resetBefore' };
/** A wait inside the thread, an accepted post whose answer is a 503, one whose connection breaks: so that every branch is walked. */
const MIXED = [{ match: CREATE, kind: 'rateLimit', skip: 2 }, { match: CREATE, kind: 'statusAfterAccept', status: 503 }, { match: CREATE, kind: 'resetAfter', skip: 1 }];
const PER_PART = ['begun.before-commit', 'begun.after-commit', 'request.written', 'headers.received', 'body.received', 'outcome.before-commit', 'outcome.after-commit'];

/** Every named point of PUBLISHING that there is, once per kind of post and part. */
export function everyPoint(): Kill[] {
  const kills: Kill[] = [];
  const doubt = (kind: Kind, skip: number): Kill[] => [
    ...['found.before-commit', 'found.after-commit'].map((point): Kill => ({ kind, point, faults: [{ ...FOUND, skip }] })),
    ...['notfound.before-commit', 'notfound.after-commit'].map((point): Kill => ({ kind, point, faults: [{ ...LOST, skip }] })),
  ];
  for (const kind of ['post', 'reply', 'thread'] as const) {
    kills.push({ kind, point: 'boot.after-recovery', first: [{ point: 'begun.after-commit', nth: 1 }] }, { kind, point: 'claimed' });
    for (let part = 1; part <= (kind === 'thread' ? 3 : 1); part += 1) kills.push(...PER_PART.map((point) => ({ kind, point, nth: part })));
    kills.push(...doubt(kind, kind === 'thread' ? 1 : 0));
  }
  kills.push({ kind: 'thread', point: 'between.parts', nth: 1 }, { kind: 'thread', point: 'between.parts', nth: 2 }, { kind: 'thread', point: 'parent.checked', faults: [{ match: CREATE, kind: 'rateLimit', skip: 1 }] });
  kills.push(...['init', 'append', 'finalize', 'status', 'alt', 'id-saved'].map((point): Kill => ({ kind: 'media', point })));
  kills.push(...['refresh.before-save', 'refresh.after-save'].map((point): Kill => ({ kind: 'token', point })));
  return kills;
}
/** One run per point, with the part in the middle of the thread: short enough for every test run. */
export function eachPointOnce(): Kill[] {
  const seen = new Set<string>();
  return everyPoint().filter((kill) => {
    if ((kill.kind === 'thread' && kill.nth !== 2 && !['between.parts', 'parent.checked'].includes(kill.point)) || kill.kind === 'reply') return false;
    const key = `${kill.kind} ${kill.point}`;
    return seen.has(key) ? false : (seen.add(key), true);
  });
}
export function atRandom(n: number, fraction: () => number, lifeMs: number): Kill[] {
  return Array.from({ length: n }, () => ({ kind: 'random', point: 'random', atMs: Math.floor(fraction() * lifeMs), faults: MIXED }));
}
