import { useMemo } from 'react';
import type { Post } from '../../../shared/contract/columns.ts';
import { useRpcQuery } from '../../rpc/hooks.ts';
import type { Seen } from './grid.ts';

const MOST = 1000;
const NONE: readonly Post[] = [];

/** What X puts in the place of a link: it says nothing of where it leads. */
const SHORT_LINK = /\s*https:\/\/t\.co\/\w+/g;

/** First words of the own posts that went out elsewhere, by their id on the network. */
export function useSeenTexts(accountId: string, days: readonly string[], seen: ReadonlyMap<string, readonly Seen[]>): ReadonlyMap<string, string> {
  const ids = days.flatMap((day) => (seen.get(day) ?? []).map((each) => each.remoteId)).slice(0, MOST);
  const posts = useRpcQuery('columns.posts', { accountId, ids }, { enabled: ids.length > 0 }).data ?? NONE;
  return useMemo(() => new Map(posts.map((post) => {
    const words = post.text.slice(0, 300).replace(/\s+/g, ' ').trim();
    return [post.id, words.replace(SHORT_LINK, '').trim() || words];
  })), [posts]);
}
