import type { TestCore } from '../tests/support/core.ts';
import { isNetworkSource } from '../src/shared/contract/columns.ts';
import { snowflakeAt } from '../src/shared/domain/ids.ts';
import type { ReadPage, RemotePost, RemoteUser } from '../src/main/core/network/port.ts';
import { until } from '../tests/support/core.ts';

const WORDS = ['impuesto', 'cierre', 'factura', 'plazo', 'renta', 'nómina', 'retención', 'balance', 'activo', 'gasto', 'modelo', 'trimestre', 'asiento', 'libro', 'auditoría'];

export function syntheticUsers(n: number): RemoteUser[] {
  return Array.from({ length: n }, (_, i) => ({ id: String(9_000_000 + i), username: `lectora_${i}`, name: `Lectora ${i}`, avatarUrl: null, verified: false, protected: false, bio: '', followers: null, maxWeighted: 280 }));
}
/** Posts a second apart, newest last, with links and mentions such as a home timeline has. */
export function syntheticPosts(n: number, end: number): RemotePost[] {
  return Array.from({ length: n }, (_, i) => {
    const createdAt = end - (n - i) * 1000;
    const text = `${Array.from({ length: 16 }, (_unused, k) => WORDS[(i * 7 + k * k) % WORDS.length]).join(' ')} ${i}`;
    return {
      id: String(BigInt(snowflakeAt(createdAt)) + BigInt(i % 4096)), authorId: String(9_000_000 + (i % 400)), createdAt, text, lang: 'es', conversationId: null,
      entities: i % 3 === 0 ? [{ kind: 'url' as const, start: 0, end: 8, display: 'example.org', href: 'https://example.org/' }] : [],
      media: [], replyTo: null, quotedId: null, repostOfId: null, poll: null, edited: false, editHistory: [], metrics: { reposts: i % 9, replies: i % 4, likes: i % 40, quotes: 0 }, source: null,
    };
  });
}
/** Parts that made-up words are put together from, so that beginnings are shared as in a language. */
const PARTS = ['re', 'con', 'de', 'fac', 'im', 'pro', 'cu', 'ta', 'li', 'mo', 'ner', 'si', 'par', 'te', 'vo', 'ga'];
const VOCABULARY: readonly string[] = Array.from({ length: 30_000 }, (_, i) => {
  // What is looked for is never among the hundred commonest words of a language.
  if (i >= 100 && i < 100 + WORDS.length) return WORDS[i - 100] ?? '';
  let word = '';
  for (let n = i * 7919; n > 0; n = Math.floor(n / PARTS.length)) word += PARTS[n % PARTS.length] ?? '';
  return word;
});
/** Posts `from` to `to` of `all`, a second apart and the newest last, whose words are as common and as rare as in a language (Zipf); the same at every run. */
export function variedPosts(from: number, to: number, all: number, end: number): RemotePost[] {
  let seed = from + 1;
  const chance = (): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (seed >>> 4) / 0x7ffffff;
  };
  const word = (): string => VOCABULARY[Math.min(VOCABULARY.length - 1, Math.floor(VOCABULARY.length ** chance()) - 1)] ?? 'renta';
  return syntheticPosts(to - from, end - (all - to) * 1000).map((post, i) => {
    const n = from + i;
    const extra = n % 3 === 0 ? ' sorteo' : n % 11 === 0 ? ' casino' : n % 13 === 0 ? ' cierre fiscal' : '';
    return { ...post, id: String(BigInt(post.id) + BigInt(n % 1000)), text: `${Array.from({ length: 18 }, word).join(' ')}${extra} ${n}`, lang: n % 20 === 0 ? 'en' : 'es' };
  });
}
export const pageOf = (posts: RemotePost[], users: RemoteUser[]): ReadPage => ({ posts, related: [], users, gone: [], nextToken: null, leftOut: 0 });

/** A practice account with five columns that are read from the network, read once and then standing still. */
export async function fiveColumns(core: TestCore): Promise<{ accountId: string; homeId: string }> {
  const account = await core.call('accounts.addPractice', {});
  await core.call('settings.set', { lang: 'es' });
  for (const query of ['IVA', 'Cuenta Clara']) await core.call('columns.add', { accountId: account.id, source: { kind: 'search', query } });
  const columns = await until(async () => {
    const list = await core.call('columns.list', {});
    return list.filter((column) => isNetworkSource(column.source)).length === 5 && list.every((column) => column.refreshedAt !== null) ? list : null;
  }, 20_000);
  return { accountId: account.id, homeId: columns.find((column) => column.source.kind === 'home')?.id ?? '' };
}
