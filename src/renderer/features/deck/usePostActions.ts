import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { Post } from '../../../shared/contract/columns.ts';
import type { OutboxAction } from '../../../shared/contract/sync.ts';
import { composeUrl, likeUrl, mayReply } from '../../../shared/domain/intent.ts';
import { useView } from '../../app/viewStore.ts';
import { useRpc } from '../../rpc/hooks.ts';
import { useAccounts } from '../../ui/useAccounts.ts';
import { useOpen } from '../../ui/ExternalLink.tsx';
import { excerptOf } from '../../ui/format.ts';
import type { PostActions } from '../../ui/PostCard.tsx';
import { useToast } from '../../ui/useToast.tsx';

/** What the panel beside the columns shows. */
export type Side = { kind: 'person'; accountId: string; personId: string } | { kind: 'conversation'; accountId: string; postId: string };

/** What waits in the outbox until it is done, and fits this post: X bookmarks by OAuth 2 alone, and hides only answers to one's own posts. */
export function laterOf(post: Post, account: Pick<Account, 'auth' | 'username'>): OutboxAction[] {
  const own = post.author.username === account.username;
  return [
    ...(account.auth === 'oauth2' ? ['bookmark', 'undoBookmark'] as const : []),
    ...(post.repostedBy?.username === account.username ? ['undoRepost'] as const : []),
    ...(!own && post.replyTo?.username === account.username ? ['hideReply', 'showReply'] as const : []),
    ...(own && !post.repostedBy ? ['deletePost'] as const : []),
  ];
}

/** What can be done with a post, the same object for every render: cards are memoised. */
export function usePostActions(account: Account | undefined, showBeside: (side: Side) => void): PostActions {
  const { t } = useTranslation();
  const rpc = useRpc();
  const toast = useToast();
  const open = useOpen();
  const openComposer = useView((state) => state.openComposer);
  const goCase = useView((state) => state.goCase);
  const cache = useQueryClient();
  const { current } = useAccounts();
  const latest = useRef({ account, current, toast, open, t, rpc, showBeside });
  latest.current = { account, current, toast, open, t, rpc, showBeside };
  const [actions] = useState<PostActions>(() => {
    /** By the account that the column is of: what it shows was read, and may be answered, as that one. */
    const as = (kind: 'reply' | 'repost', post: Post): void => openComposer({ kind: 'new', ...(latest.current.account ? { accountId: latest.current.account.id } : {}), as: { kind, target: { id: post.originalId, username: post.author.username }, excerpt: post.text.slice(0, 80) } });
    /** The inbox is that of the account in the bar: a case of another one brings it there. */
    const showCase = (caseId: string): void => {
      const now = latest.current;
      if (!now.account || now.account.id === now.current?.id) return goCase(caseId);
      return void now.rpc.command('settings.set', { currentAccountId: now.account.id }).then((settings) => {
        cache.setQueryData(['settings.get', {}], settings);
        goCase(caseId);
      }, now.toast.failed);
    };
    // Practice people are made up: nobody on x.com is them.
    const onlyPractice = (): boolean => {
      const now = latest.current;
      if (now.account?.network !== 'practice') return false;
      now.toast.done(now.t('deck.onlyPractice'));
      return true;
    };
    return {
      reply(post) {
        const now = latest.current;
        if (now.account && mayReply(post, now.account.username)) return as('reply', post);
        if (onlyPractice()) return undefined;
        // What X refuses to apps is done by hand on X (x-api-facts §5.2).
        now.toast.done(now.t('deck.replyByHand'));
        return now.open(composeUrl({ text: '', replyToId: post.originalId }));
      },
      repost: (post) => as('repost', post),
      like: (post) => onlyPractice() || latest.current.open(likeUrl(post.originalId)),
      open: (post) => onlyPractice() || latest.current.open(post.url),
      person(post) {
        const now = latest.current;
        if (now.account) now.showBeside({ kind: 'person', accountId: now.account.id, personId: post.author.id });
      },
      conversation(post) {
        const now = latest.current;
        if (now.account) now.showBeside({ kind: 'conversation', accountId: now.account.id, postId: post.id });
      },
      mute(post) {
        const now = latest.current;
        if (!now.account || post.author.username === now.account.username) return;
        now.rpc.command('mutes.add', { term: `@${post.author.username}`, accountId: now.account.id, until: null }).then(({ undoId }) => now.toast.done(now.t('deck.mute.person', { username: post.author.username }), { undoId }), now.toast.failed);
      },
      lead(post) {
        const now = latest.current;
        if (!now.account || post.author.username === now.account.username) return;
        now.rpc.command('inbox.lead', { accountId: now.account.id, postId: post.originalId }).then((made) => { showCase(made.id); now.toast.done(now.t('inboxSettings.lead.done', { username: post.author.username })); }, now.toast.failed);
      },
      showCase,
      laterOf: (post) => (latest.current.account ? laterOf(post, latest.current.account) : []),
      later(post, action) {
        const now = latest.current;
        if (!now.account) return;
        const said = { username: post.author.username, text: excerptOf(post.text) };
        now.rpc.command('outbox.put', { accountId: now.account.id, action, postId: post.originalId }).then(({ undoId }) => now.toast.done(now.t(`deck.later.done.${action}`, said), { undoId, undone: now.t(`deck.later.undone.${action}`, said) }), now.toast.failed);
      },
      copyLink(post) {
        const now = latest.current;
        navigator.clipboard.writeText(post.url).then(() => now.toast.done(now.t('deck.linkCopied')), () => now.toast.done(post.url));
      },
    };
  });
  return actions;
}
