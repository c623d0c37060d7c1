import { z } from 'zod';
import { proposeTier } from '../../../../shared/domain/tierByLink.ts';
import type { RatioPlan } from '../../../../shared/domain/ratio/index.ts';
import { templateRule, type WeekTemplate } from '../../../../shared/domain/template.ts';
import { FOREIGN, type Unit } from '../../../../shared/domain/types.ts';
import { type Db, defineStatements } from '../../db/db.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import type { PublicationsRepository, StoredPublication } from '../publishing/repository.ts';

/** How far back history counts, ms: two blocks of four weeks, and the runs over their ends. */
const HISTORY_MS = 70 * 86_400_000;

const q = defineStatements('planning', {
  /** Own posts seen on the network that start a conversation and were not sent from here (DOMAIN §2). */
  foreign: `SELECT p.id, p.created_at, p.text, p.payload FROM sources s JOIN source_posts sp ON sp.source_id = s.id JOIN posts p ON p.pk = sp.post_pk
    WHERE s.account_id = :accountId AND s.kind = 'own' AND p.created_at >= :from AND p.tombstone = 0 AND p.reply_to_id IS NULL AND p.repost_of_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM publications b WHERE b.account_id = :accountId AND b.remote_id = p.id)`,
});
const foreignRow = z.object({ id: z.string(), created_at: z.number(), text: z.string(), payload: z.string() });
const linksSchema = z.looseObject({ entities: z.array(z.looseObject({ kind: z.string(), href: z.string().nullable() })).optional() });

/** Tier of an own post from elsewhere that no rule knows: counts as base until settled (DOMAIN §2). */
export const UNCLASSIFIED = 'unclassified';

export function unitOf(publication: StoredPublication, account: StoredAccount): Unit | null {
  if (!publication.counts || (publication.dueAt === null && publication.sentAt === null)) return null;
  // A thread that waits for its next part has begun: its place is history.
  const state = (publication.state === 'scheduled' || publication.state === 'retry_wait') && publication.sentAt !== null ? 'partial' : publication.state;
  const tier = account.policy.tiers.find((each) => each.key === publication.tier);
  return {
    id: publication.id, dueAt: publication.dueAt ?? publication.sentAt ?? 0, tier: publication.tier, state,
    ...(publication.sentAt === null ? {} : { sentAt: publication.sentAt }),
    ...(tier?.tiedToTime ? { tied: true } : {}),
    ...(publication.overrideReason === null ? {} : { overridden: true }),
    ...(publication.place === null ? {} : { order: publication.place }),
  };
}

/** What the rule is checked against: our publications, the account's own posts that were sent from elsewhere, its template. */
export function ratioPlan(db: Db, publications: PublicationsRepository, template: WeekTemplate | null, account: StoredAccount, now: number): RatioPlan {
  const from = now - HISTORY_MS;
  const units: Unit[] = [];
  for (const publication of publications.list({ accountId: account.id, from, limit: 100_000 })) {
    const unit = unitOf(publication, account);
    if (unit) units.push(unit);
  }
  for (const raw of db.all(q.foreign, { accountId: account.id, from })) {
    const row = foreignRow.parse(raw);
    const parsed = linksSchema.safeParse(JSON.parse(row.payload));
    const links = (parsed.success ? (parsed.data.entities ?? []) : []).filter((each) => each.kind === 'url').map((each) => each.href ?? '');
    units.push({ id: `${FOREIGN}${row.id}`, dueAt: row.created_at, sentAt: row.created_at, state: 'posted', tier: proposeTier(links.join(' '), account.urlRules) ?? UNCLASSIFIED });
  }
  return { policy: account.policy, zone: account.zone, now, units, ...templateRule(template) };
}
