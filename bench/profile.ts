import type { TestCore } from '../tests/support/core.ts';
import { isNetworkSource } from '../src/shared/contract/columns.ts';
import { snowflakeAt } from '../src/shared/domain/ids.ts';
import type { ReadPage, RemotePost, RemoteUser } from '../src/main/core/network/port.ts';
import { until } from '../tests/support/core.ts';

const WORDS = ['impuesto', 'cierre', 'factura', 'plazo', 'renta', 'nómina', 'retención', 'balance', 'activo', 'gasto', 'modelo', 'trimestre', 'asiento', 'libro', 'auditoría'];

export function syntheticUsers(n: number): RemoteUser[] {
  return Array.from({ length: n }, (_, i) => ({ id: String(9_000_000 + i), username: `lectora_${i}`, name: `Lectora ${i}`, avatarUrl: null, verified: false, protected: false, maxWeighted: 280 }));
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
export const pageOf = (posts: RemotePost[], users: RemoteUser[]): ReadPage => ({ posts, related: [], users, gone: [], nextToken: null });

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
