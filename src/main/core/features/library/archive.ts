import { createReadStream, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { InputOf, OutputOf } from '../../../../shared/contract/index.ts';
import { MOST_ITEMS, MOST_VARIANTS } from '../../../../shared/contract/library.ts';
import type { ArchiveData } from '../../../../shared/contract/sources.ts';
import { titleOf } from '../../../../shared/domain/library/text.ts';
import { normaliseText } from '../../../../shared/domain/text.ts';
import { proposeTier } from '../../../../shared/domain/tierByLink.ts';
import { receiveFile } from '../../adapters/receiveFile.ts';
import { diskFailure } from '../../db/failure.ts';
import type { CoreDeps } from '../../feature.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import { type Archive, readArchive } from './archiveFile.ts';
import type { NewItem, StoredItem } from './repository.ts';
import { type LibraryService, REST_DAYS } from './service.ts';

const MOST_BYTES = 200 * 1024 * 1024;
/** Pages that a preview tells. */
const TOLD = 8;
const NAME = /^archive-\w+\.part$/u;

type Input = InputOf<'sources.archivePreview'>;
interface Kept {
  archive: Archive;
  data: ArchiveData;
}

/** An item as the archive makes it, and how many texts of it are new. */
interface Judged {
  before: StoredItem | null;
  next: NewItem;
  texts: number;
}

/** X's archive of an account's own posts: those with a link are items (DOMAIN §3, sources). */
export class XArchive {
  private readonly deps: CoreDeps;
  private readonly library: LibraryService;
  /** The one that was read last; a restart forgets it. */
  private kept: Kept | null = null;
  constructor(deps: CoreDeps, library: LibraryService) {
    this.deps = deps;
    this.library = library;
    // The program may have ended while one came.
    for (const name of readdirSync(deps.ports.paths.profile)) if (NAME.test(name)) rmSync(join(deps.ports.paths.profile, name), { force: true });
  }

  /** Takes what the window unpacked: the scripts of posts, one after another. `owner` as the archive says it. Throws AppError `too_large`, `archive_unreadable`, `profile_unwritable`. */
  async receive(body: AsyncIterable<Uint8Array>, owner: ArchiveData['owner']): Promise<ArchiveData> {
    const token = Buffer.from(this.deps.ports.random.bytes(12)).toString('hex');
    const path = join(this.deps.ports.paths.profile, `archive-${token}.part`);
    try {
      await receiveFile(path, body, MOST_BYTES, () => new AppError('too_large', { limit: MOST_BYTES }));
      const archive = await readArchive(createReadStream(path) as AsyncIterable<Uint8Array>);
      const { counts } = archive;
      if (counts.posts === 0 || counts.posts === counts.unread) throw new AppError('archive_unreadable');
      this.kept = { archive, data: { token, owner, posts: counts.posts } };
      return this.kept.data;
    } catch (cause) {
      throw cause instanceof AppError ? cause : (diskFailure(cause, path) ?? cause);
    } finally {
      rmSync(path, { force: true });
    }
  }
  private need(input: Input, account: StoredAccount): Kept {
    if (this.kept?.data.token !== input.token) throw new AppError('archive_gone');
    const { owner } = this.kept.data;
    if (owner && owner.id !== account.remoteId) throw new AppError('archive_other', { owner: owner.username, username: account.username });
    if (!account.policy.tiers.some((each) => each.key === input.tier)) throw new AppError('bad_input', { path: 'tier', detail: '' });
    return this.kept;
  }

  private judge(archive: Archive, input: Input, account: StoredAccount): { rows: Judged[]; full: number } {
    let room = MOST_ITEMS - this.library.items.count(account.id);
    let full = 0;
    const rows = archive.pages.flatMap((page): Judged[] => {
      const before = this.library.items.byAddress(account.id, page.canonical);
      const [first] = page.texts;
      if (!first) return [];
      if (before) {
        const said = new Set(before.variants.map((each) => normaliseText(each.text)));
        const fresh = page.texts.filter((each) => !said.has(normaliseText(each.text))).slice(0, Math.max(0, MOST_VARIANTS - before.variants.length));
        return fresh.length === 0 ? [] : [{ before, texts: fresh.length, next: { ...before, variants: [...before.variants, ...fresh.map(({ text }) => ({ text }))] } }];
      }
      if (room <= 0) {
        full += 1;
        return [];
      }
      room -= 1;
      const next: NewItem = {
        accountId: account.id, title: titleOf(first.text).slice(0, 200), url: page.url, summary: '', theme: input.theme, tier: proposeTier(page.url, account.urlRules) ?? input.tier, publishedOn: null, expiresOn: null, evergreen: false, restDays: REST_DAYS, notes: '',
        source: { kind: 'archive', name: '' }, variants: page.texts.map(({ text }) => ({ text })),
      };
      return [{ before: null, next, texts: page.texts.length }];
    });
    return { rows, full };
  }
  /** What it would bring. Nothing is written. */
  preview(input: Input, account: StoredAccount): OutputOf<'sources.archivePreview'> {
    const { archive, data } = this.need(input, account);
    const { rows, full } = this.judge(archive, input, account);
    return {
      ...archive.counts, owner: data.owner, pages: archive.pages.length, full,
      fresh: rows.filter((row) => row.before === null).length, same: rows.filter((row) => row.before !== null).length, texts: rows.reduce((sum, row) => sum + row.texts, 0),
      shown: rows.slice(0, TOLD).map(({ before, next, texts }) => ({ title: next.title, url: next.url ?? '', tier: next.tier, texts, verdict: before ? 'same' : 'new' })),
    };
  }
  /** Carries it out, with one undo. Throws AppError `archive_unsure` where neither the archive nor the user says whose it is, `not_found` where nothing is taken. */
  commit({ mine, ...input }: InputOf<'sources.archiveImport'>, account: StoredAccount): OutputOf<'sources.archiveImport'> {
    const { archive, data } = this.need(input, account);
    if (data.owner === null && !mine) throw new AppError('archive_unsure', { username: account.username });
    const { rows } = this.judge(archive, input, account);
    if (rows.length === 0) throw new AppError('not_found', { what: 'row' });
    const written = this.library.writeMany(account.id, rows);
    this.kept = null;
    return { added: written.filter((row) => row.before === null).length, changed: written.filter((row) => row.before !== null).length, undoId: this.library.undoOf('archive_imported', written) };
  }
}
