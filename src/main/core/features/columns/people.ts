import { AppError } from '../../../../shared/contract/errors.ts';
import { PRICES } from '../../../../shared/domain/price.ts';
import type { CoreDeps, Handlers } from '../../feature.ts';
import type { AccountsService } from '../accounts/feature.ts';
import { PeopleRepository } from './peopleRepository.ts';
import type { PostsRepository } from './postsRepository.ts';

const MOST_POSTS = 60;
const MOST_EXCHANGES = 60;
const MOST_CONVERSATION = 300;

/** The panels beside the columns: a person and a conversation, from what is stored. Nothing is asked of the network. */
export function peopleHandlers(deps: CoreDeps, services: { accounts: () => AccountsService; posts: PostsRepository }): Pick<Handlers, 'columns.person' | 'columns.conversation'> {
  const people = new PeopleRepository(deps.db);
  const { posts } = services;
  return {
    'columns.person': ({ accountId, personId }) => {
      const account = services.accounts().need(accountId);
      const author = posts.people(account.origin, [personId]).get(personId);
      if (!author) throw new AppError('not_found', { what: 'person' });
      const place = { origin: account.origin, accountId };
      const exchanges = people.exchanges(place, personId, account.remoteId, MOST_EXCHANGES);
      const shown = posts.views(place, exchanges.map((each) => each.row));
      return {
        author, ...people.known(accountId, personId), posts: posts.views(place, people.wrote(place, personId, MOST_POSTS)),
        ...posts.profile(account.origin, personId),
        exchanges: shown.map((post, i) => ({ post, direction: exchanges[i]?.direction ?? 'in' })),
      };
    },
    'columns.conversation': ({ accountId, postId }) => {
      const account = services.accounts().need(accountId);
      const place = { origin: account.origin, accountId };
      const { conversationId, rows } = people.conversation(place, postId, MOST_CONVERSATION);
      if (rows.length === 0) throw new AppError('not_found', { what: 'post' });
      const here = new Set(rows.map((row) => row.id));
      const missing = new Set(rows.flatMap((row) => (row.reply_to_id !== null && !here.has(row.reply_to_id) ? [row.reply_to_id] : [])));
      if (conversationId !== null && !here.has(conversationId)) missing.add(conversationId);
      const views = posts.views(place, rows);
      return {
        rows: views.flatMap((post, i) => {
          const answered = rows[i]?.reply_to_id ?? null;
          const shown = { row: 'post' as const, post };
          return answered !== null && missing.has(answered) ? [{ row: 'gap' as const, beforeId: post.id }, shown] : [shown];
        }),
        missing: missing.size, usd: account.network === 'x' ? missing.size * PRICES.readPost : 0,
      };
    },
  };
}
