import type { CoreDeps } from '../../feature.ts';
import type { Failure, NetworkSession } from '../../network/port.ts';
import type { MediaService } from '../media/service.ts';
import type { PublicationsRepository, StoredPublication } from './repository.ts';

export type Uploaded = { ok: true; ids: string[] } | { ok: false; failure: Failure } | { ok: false; failure: null };

/** Brings the files of a part to the network just before it is sent; what is uploaded and still good is used again. */
export class Uploads {
  private readonly deps: CoreDeps;
  private readonly repository: PublicationsRepository;
  private readonly media: MediaService;
  private readonly running = new Map<string, AbortController>();
  constructor(deps: CoreDeps, services: { repository: PublicationsRepository; media: MediaService }) {
    this.deps = deps;
    this.repository = services.repository;
    this.media = services.media;
  }
  /** Stops the upload of a publication; false when none is under way. */
  cancel(id: string): boolean {
    const running = this.running.get(id);
    running?.abort();
    return running !== undefined;
  }

  /** Ids for the create; `failure: null` means that a file is missing here. An upload creates no post, so it may be repeated. */
  async ofPart(row: StoredPublication, part: number, session: NetworkSession): Promise<Uploaded> {
    const files = this.repository.media(row.id).filter((each) => each.part === part);
    const ids: string[] = [];
    const controller = new AbortController();
    this.running.set(row.id, controller);
    try {
      for (const [index, each] of files.entries()) {
        const now = this.deps.ports.clock.now();
        if (each.remoteMediaId !== null && (each.expiresAt ?? 0) > now) {
          ids.push(each.remoteMediaId);
          continue;
        }
        const file = await this.media.open(each.id);
        if (!file) return { ok: false, failure: null };
        const tell = (phase: 'sending' | 'processing' | 'done', done: number, total: number): void => this.deps.bus.emit('publication.upload', { id: row.id, part, index, phase, done, total });
        const uploaded = await session
          .upload({ ...file, alt: each.alt }, { signal: controller.signal, onProgress: tell, ...(this.deps.ports.point ? { point: this.deps.ports.point } : {}) })
          .catch((cause: unknown) => ({ ok: false as const, failure: { kind: 'notSent' as const, detail: String(cause) } }));
        // A request that was ended on the way answers as a network that failed: it was the user, and is not tried again.
        if (!uploaded.ok) return { ok: false, failure: controller.signal.aborted ? { kind: 'cancelled', detail: '' } : uploaded.failure };
        tell('done', 1, 1);
        this.repository.noteUpload(row.id, { part, id: each.id, alt: each.alt }, uploaded.value.mediaId, uploaded.value.expiresAt);
        this.deps.ports.point?.('upload.saved');
        ids.push(uploaded.value.mediaId);
      }
      return controller.signal.aborted ? { ok: false, failure: { kind: 'cancelled', detail: '' } } : { ok: true, ids };
    } finally {
      this.running.delete(row.id);
    }
  }
  /** X says that an id is not valid (any more): the next try uploads again. */
  forget(row: StoredPublication, part: number): void {
    for (const each of this.repository.media(row.id)) if (each.part === part) this.repository.noteUpload(row.id, { part, id: each.id, alt: each.alt }, null, null);
  }
}
