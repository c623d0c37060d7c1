import type { Post } from '../../../../shared/contract/columns.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { OutboxAction } from '../../../../shared/contract/sync.ts';
import type { StoredAccount } from '../accounts/repository.ts';

/**
 * Refuses, when it is asked for, what the account's network will never do: kept, it would wait for ever. `post` is as it is stored here, if it is.
 * Throws AppError `bookmark_practice`, `bookmark_needs_oauth2` or `hide_not_reply`.
 */
export function checkCan(action: OutboxAction, account: StoredAccount, post: Post | undefined): void {
  switch (action) {
    case 'bookmark':
    case 'undoBookmark':
      // X takes bookmarks from OAuth 2 alone (x-api-facts §1.2), and the practice network signs with OAuth 1.
      if (account.network === 'practice') throw new AppError('bookmark_practice');
      if (account.auth === 'oauth1') throw new AppError('bookmark_needs_oauth2', { username: account.username });
      return;
    case 'hideReply':
    case 'showReply':
      if (post && (post.replyTo === null || post.author.id === account.remoteId)) throw new AppError('hide_not_reply');
      return;
    case 'undoRepost':
    case 'deletePost':
      return;
    default:
      action satisfies never;
  }
}
