import { AppError } from '../../../../shared/contract/errors.ts';
import { type LinkRecord, recordOf } from '../../../../shared/domain/library/linkCheck.ts';
import { canonicalUrl } from '../../../../shared/domain/tierByLink.ts';
import type { CoreDeps } from '../../feature.ts';
import type { Job } from '../../jobs/wakeLoop.ts';
import { LinkLook } from './linkLook.ts';
import type { LibraryService } from './service.ts';

const DAY_MS = 86_400_000;
/** A start has other things to do first; then one address after the other, with some chance in when, ms. */
const FIRST_MS = 3 * 60_000;
const BETWEEN_MS = 20_000;
const CHANCE_MS = 40_000;
/** When nothing is due, or nothing can be asked, ms. */
const REST_MS = 60 * 60_000;
/** After so many in a row that could not be asked the rest waits: the network is not there. */
const MISSES = 3;
/** What went out in these days is looked at before the rest. */
const LATELY_MS = 30 * DAY_MS;

const tells = (record: LinkRecord | null): string => (record === null || record.status !== 'broken' ? `fine ${record?.retitledAt ?? ''}` : `broken ${record.code ?? ''} ${record.at}`);

/**
 * Looks at the addresses of the library's items, one at a time, each at most once a week; what they are is worked out in
 * `shared/domain/library/linkCheck.ts`. Off where the user turned it off, in a rehearsal, and while the network is known to be away.
 */
export function createLinkChecks(deps: CoreDeps, services: { library: LibraryService; enabled: () => boolean; offline: () => boolean }): { job: Job; /** Now, because the user asks. Throws AppError `not_found`, `link_not_asked`. */ check(itemId: string): Promise<void> } {
  const { clock, random } = deps.ports;
  const { library } = services;
  const { links } = library;
  const look = new LinkLook(deps);
  const off = new AbortController();
  let next = clock.now() + FIRST_MS;
  let queue: string[] = [];
  let misses = 0;
  let turn: Promise<unknown> = Promise.resolve();

  /** False where it could not be asked, null where there is nothing to ask. */
  const ask = async (itemId: string): Promise<boolean | null> => {
    const item = library.items.stored(itemId);
    if (!item || item.deletedAt !== null || item.url === null || !look.isAsked(item.url)) return null;
    const seen = await look.at(item.url, off.signal);
    if (seen === null) return false;
    const canonical = canonicalUrl(item.url) ?? '';
    const before = links.record(itemId);
    const record = recordOf(before, seen, clock.now());
    const accounts = links.put(canonical, record);
    if (tells(before) !== tells(record)) for (const accountId of accounts) library.changed(accountId);
    return true;
  };
  /** One at a time, whoever asks. */
  const inTurn = (itemId: string): Promise<boolean | null> => {
    const mine = turn.then(() => ask(itemId));
    turn = mine.catch(() => undefined);
    return mine;
  };
  return {
    job: {
      name: 'link checks',
      nextDue: () => (deps.ports.fleeting || !services.enabled() ? null : next),
      async run(now) {
        next = now + REST_MS;
        if (services.offline()) return;
        if (queue.length === 0) queue = links.due(now, now - LATELY_MS, new Date(now - DAY_MS).toISOString().slice(0, 10)).filter(({ url }) => look.isAsked(url)).map(({ itemId }) => itemId);
        const itemId = queue.shift();
        if (itemId === undefined) return;
        try {
          misses = (await inTurn(itemId)) === false ? misses + 1 : 0;
          if (misses % MISSES === 0 && misses > 0) return;
          next = clock.now() + BETWEEN_MS + Math.round(random.fraction() * CHANCE_MS);
        } catch (cause) {
          if (!off.signal.aborted) throw cause;
        }
      },
      stop: () => off.abort(),
    },
    async check(itemId) {
      library.items.need(itemId);
      if (!(await inTurn(itemId))) throw new AppError('link_not_asked');
    },
  };
}
