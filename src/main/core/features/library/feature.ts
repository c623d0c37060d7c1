import type { CoreDeps, Handlers } from '../../feature.ts';
import type { Lang } from '../../../../shared/domain/types.ts';
import type { Job } from '../../jobs/wakeLoop.ts';
import type { AccountsService } from '../accounts/feature.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import type { PublishingService } from '../publishing/service.ts';
import { XArchive } from './archive.ts';
import { Feeds } from './feeds.ts';
import { LibraryImport } from './import.ts';
import { createLinkChecks } from './linkChecks.ts';
import { knownTier } from './linkTiers.ts';
import { practiceItems } from './practice.ts';
import { LibraryService } from './service.ts';
import { WebStats } from './webStats.ts';

type Methods = Extract<keyof Handlers, `library.${string}` | `sources.${string}`>;

/** The library's methods (DOMAIN §3). */
export function createLibrary(deps: CoreDeps, services: { accounts: () => AccountsService; publishing: PublishingService; lang: () => Lang; /** Are links looked at, and is the network known to be away? */ linkChecks: () => boolean; offline: () => boolean }): { handlers: Pick<Handlers, Methods>; service: LibraryService; /** Looks at links. */ linksJob: Job; /** Reads the feeds. */ feedsJob: Job; archive: Pick<XArchive, 'receive'>; /** A practice account begins with items, once: one that ever had any gets no more. */ welcome(account: StoredAccount): void } {
  const service = new LibraryService(deps, services);
  const files = new LibraryImport(service);
  const checks = createLinkChecks(deps, { library: service, enabled: services.linkChecks, offline: services.offline });
  const archive = new XArchive(deps, service);
  const stats = new WebStats(deps, service);
  const feeds = new Feeds(deps, { library: service, accounts: services.accounts });
  // In the same transaction as the text: a share is never missed.
  services.publishing.repository.onText = (id, copyOf) => service.shares.noted(id, copyOf);
  return {
    service,
    linksJob: checks.job,
    feedsJob: feeds.job,
    archive,
    welcome(account) {
      if (account.network !== 'practice' || service.items.hadAny(account.id)) return;
      service.writeMany(account.id, practiceItems(account, services.lang(), deps.ports.clock.now()).map((next) => ({ before: null, next })));
    },
    handlers: {
      'library.list': ({ accountId }) => service.list(services.accounts().need(accountId).id),
      'library.item': ({ id }) => service.item(id),
      'library.tiers'({ accountId, addresses }) {
        const known = knownTier(deps.db, services.accounts().need(accountId));
        return addresses.flatMap((address) => {
          const tier = known(address);
          return tier === null ? [] : [{ address, tier }];
        });
      },
      'library.save': (input) => service.save(input),
      'library.remove': ({ ids }) => service.remove(ids),
      'library.compose': (input) => service.compose(input),
      'library.keep': ({ publicationId }) => service.keep(publicationId),
      async 'library.checkLink'({ id }) {
        await checks.check(id);
        return service.view(service.items.need(id));
      },
      'library.importPreview': (input) => files.preview(input, services.accounts().need(input.accountId)),
      'library.import': (input) => files.commit(input, services.accounts().need(input.accountId)),
      'sources.list': ({ accountId }) => ({ feeds: feeds.list(accountId), stats: service.pageViews.span(accountId) }),
      'sources.preview': (input) => feeds.preview(input),
      'sources.add': (input) => feeds.add(input),
      'sources.save': (input) => feeds.save(input),
      'sources.remove': (input) => feeds.remove(input),
      'sources.read': (input) => feeds.read(input),
      'sources.archivePreview': (input) => archive.preview(input, services.accounts().need(input.accountId)),
      'sources.archiveImport': (input) => archive.commit(input, services.accounts().need(input.accountId)),
      'sources.statsPreview': (input) => stats.preview(input, services.accounts().need(input.accountId)),
      'sources.statsImport': (input) => stats.commit(input, services.accounts().need(input.accountId)),
    },
  };
}
