import { useTranslation } from 'react-i18next';

/** Requests with words of their own; others are shown by their name. */
const KINDS: Readonly<Record<string, string>> = {
  'POST tweets': 'publish', 'POST retweets': 'repost', 'DELETE retweets': 'undoRepost', 'DELETE tweets': 'remove', 'POST bookmarks': 'bookmark', 'DELETE bookmarks': 'undoBookmark', 'PUT hidden': 'hide', 'media/metadata': 'alt',
  'users/:id/timelines/reverse_chronological': 'home', 'users/:id/mentions': 'mentions', 'users/:id/tweets': 'own', 'tweets/search/recent': 'search', tweets: 'figures', 'tweets/:id': 'look', 'users/me': 'me',
};

/** Says what a kind of request is for, in the user's words. */
export function useRequestWords(): (endpoint: string) => string {
  const { t } = useTranslation();
  return (endpoint) => {
    const kind = KINDS[endpoint];
    return kind === undefined ? endpoint : t(`activity.spending.kind.${kind as 'publish'}`);
  };
}
