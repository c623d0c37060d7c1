import { z } from 'zod';
import type { OutputOf } from '../../../../shared/contract/index.ts';
import { markOf, mayBeSaid, SAID_BEFORE_MS, saidForm, type SaidMark, saidPercent } from '../../../../shared/domain/saidBefore.ts';
import { trigramsOf } from '../../../../shared/domain/trigrams.ts';
import { defineStatements } from '../../db/db.ts';
import type { CoreDeps } from '../../feature.ts';
import type { PublicationsRepository, StoredPublication } from './repository.ts';

/** Texts read at once: other calls get their turn between them. */
const SLICE = 400;
/** The most alike that are looked at whole: more are the same post over and over. */
const MOST_WHOLE = 200;

const q = defineStatements('saidBefore', {
  /** Publications with all their texts, in slices. */
  texts: `SELECT p.id, p.text, (SELECT json_group_array(t.text) FROM publication_parts t WHERE t.publication_id = p.id) AS parts FROM publications p
    WHERE p.deleted_at IS NULL AND p.account_id = :accountId AND p.id > :after ORDER BY p.id LIMIT :limit`,
  /** Own posts seen on the network that were not sent from here. */
  seen: `SELECT p.id, p.text, p.payload, p.created_at FROM sources s JOIN source_posts sp ON sp.source_id = s.id JOIN posts p ON p.pk = sp.post_pk
    WHERE s.account_id = :accountId AND s.kind = 'own' AND p.created_at >= :from AND p.tombstone = 0 AND p.repost_of_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM publications b WHERE b.account_id = :accountId AND b.remote_id = p.id)
    AND NOT EXISTS (SELECT 1 FROM publication_parts b WHERE b.account_id = :accountId AND b.remote_id = p.id)`,
});
const textRow = z.object({ id: z.string(), text: z.string(), parts: z.string() });
const seenRow = z.object({ id: z.string(), text: z.string(), payload: z.string(), created_at: z.number() });
const partTexts = z.array(z.string());
const linksSchema = z.looseObject({ entities: z.array(z.looseObject({ kind: z.string(), start: z.number(), end: z.number(), href: z.string().nullable() })).optional() });

type Said = NonNullable<OutputOf<'publications.saidBefore'>>;
interface Seen { id: string; text: string; at: number; mark: SaidMark }
/** What an account has said: marks of its publications by id, the first text and later parts, and what was seen of it elsewhere. */
interface Known {
  ours: Map<string, SaidMark[]>;
  /** Null when it must be read again. */
  seen: Seen[] | null;
  ready: Promise<void>;
}

const mark = (text: string): SaidMark => markOf(trigramsOf(saidForm(text)));
/** The network's short addresses put back to what they lead to. */
function spelledOut(text: string, payload: string): string {
  const parsed = linksSchema.safeParse(JSON.parse(payload));
  const links = (parsed.success ? (parsed.data.entities ?? []) : []).filter((each) => each.kind === 'url' && each.href !== null).sort((a, b) => b.start - a.start);
  const points = [...text];
  for (const { start, end, href } of links) points.splice(start, end - start, href ?? '');
  return points.join('');
}

/** "Said before?": whether an account said the same or nearly the same in 90 days, over every post, draft and reply (DOMAIN §3). Marks of all texts are kept in memory, so that an answer takes milliseconds while one types; what they point to is compared as it is stored. */
export class SaidBefore {
  private readonly deps: CoreDeps;
  private readonly repository: PublicationsRepository;
  private readonly known = new Map<string, Known>();
  constructor(deps: CoreDeps, repository: PublicationsRepository) {
    this.deps = deps;
    this.repository = repository;
    deps.bus.subscribe(({ name, payload }) => this.heard(name, payload));
  }
  private heard(name: string, payload: unknown): void {
    if (this.known.size === 0) return;
    if (name === 'publication.changed') {
      const { publication } = payload as { publication: { id: string; accountId: string; text: string; parts: { text: string }[] } };
      this.known.get(publication.accountId)?.ours.set(publication.id, [publication.text, ...publication.parts.map((part) => part.text)].map(mark));
    } else if (name === 'publication.deleted') {
      const { id, accountId } = payload as { id: string; accountId: string };
      this.known.get(accountId)?.ours.delete(id);
    } else if (name === 'plan.changed') {
      const known = this.known.get((payload as { accountId: string }).accountId);
      if (known) known.seen = null;
    } else if (name === 'accounts.changed') this.known.clear();
  }
  private async read(accountId: string, ours: Map<string, SaidMark[]>): Promise<void> {
    for (let after = ''; ;) {
      const rows = this.deps.db.all(q.texts, { accountId, after, limit: SLICE }).map((raw) => textRow.parse(raw));
      for (const row of rows) ours.set(row.id, [row.text, ...partTexts.parse(JSON.parse(row.parts))].map(mark));
      const last = rows.at(-1);
      if (!last || rows.length < SLICE) return;
      after = last.id;
      await new Promise((resolve) => { setImmediate(resolve); });
    }
  }
  private async of(accountId: string): Promise<Known> {
    let known = this.known.get(accountId);
    if (!known) {
      const ours = new Map<string, SaidMark[]>();
      known = { ours, seen: null, ready: this.read(accountId, ours) };
      // What could not be read is not kept as if it were all there is.
      known.ready.catch(() => this.known.delete(accountId));
      this.known.set(accountId, known);
    }
    await known.ready;
    return known;
  }
  private seenOf(accountId: string, known: Known, now: number): Seen[] {
    known.seen ??= this.deps.db.all(q.seen, { accountId, from: now - SAID_BEFORE_MS }).map((raw) => {
      const row = seenRow.parse(raw);
      const text = spelledOut(row.text, row.payload);
      return { id: row.id, text, at: row.created_at, mark: mark(text) };
    });
    return known.seen;
  }
  /** The most alike, the newest of equals; null when nothing is. `exceptId`: the post that is being written. */
  async find(accountId: string, text: string, exceptId: string | null): Promise<Said | null> {
    const form = saidForm(text);
    if (form === '') return null;
    const known = await this.of(accountId);
    const now = this.deps.ports.clock.now();
    const wanted = markOf(trigramsOf(form));
    let best: Said | null = null;
    const offer = (found: Omit<Said, 'percent'>): void => {
      if (Math.abs(now - found.at) > SAID_BEFORE_MS) return;
      const percent = saidPercent(text, found.text);
      if (percent !== null && (best === null || percent > best.percent || (percent === best.percent && found.at > best.at))) best = { ...found, percent };
    };
    const like: string[] = [];
    for (const [id, marks] of known.ours) if (id !== exceptId && marks.some((each) => mayBeSaid(wanted, each))) like.push(id);
    for (const id of like.slice(-MOST_WHOLE)) {
      const row = this.repository.find(id);
      if (!row || row.state === 'cancelled' || row.kind === 'repost') continue;
      offer({ ...place(row), text: row.text, remoteId: row.removedAt === null ? row.remoteId : null });
      for (const part of this.repository.parts(id)) offer({ ...place(row), text: part.text, remoteId: row.removedAt === null ? part.remoteId : null });
    }
    for (const each of this.seenOf(accountId, known, now)) if (mayBeSaid(wanted, each.mark)) offer({ id: null, state: 'posted', kind: 'post', at: each.at, text: each.text, remoteId: each.id });
    return best;
  }
}
const place = (row: StoredPublication): Pick<Said, 'id' | 'state' | 'kind' | 'at'> => ({ id: row.id, state: row.state, kind: row.kind, at: row.sentAt ?? row.dueAt ?? row.updatedAt });
