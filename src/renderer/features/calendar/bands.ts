import type { Publication, ViolationData } from '../../../shared/contract/publications.ts';
import { wallToInstant } from '../../../shared/domain/time.ts';
import { type Band, useDrag } from './dragStore.ts';
import { stretches } from './geometry.ts';
import { wallAt } from './grid.ts';
import type { Kit } from './kit.ts';
import type { Rule } from './usePlan.ts';

const QUARTERS = 96;
const QUARTER = 15;

/** In a few words, for a band: "sería la 6.ª P de 15". */
export function shortViolation(violation: ViolationData, rule: Rule, kit: Kit): string {
  const letter = kit.letter(violation.tier);
  return violation.part === 'spread' ? kit.t('calendar.drag.nth', { n: violation.count, letter, total: rule.total }) : kit.t('calendar.drag.fullOf', { letter, count: violation.allowed, allowed: violation.allowed });
}

/** Where a post may go on a day, from now on, and how many of its tier the day still takes: 0 where it may go nowhere, null without a limit. */
export function bandsOf(subject: Publication, day: string, rule: Rule, kit: Kit, now: number): { bands: Band[]; room: number | null } {
  const quarters = Array.from({ length: QUARTERS }, (_, i) => ({ minute: i * QUARTER, at: wallToInstant(wallAt(day, i * QUARTER), kit.zone) })).filter(({ at }) => at > now);
  const answers = rule.bands(subject, quarters.map(({ at }) => at));
  const first = quarters.find((_, i) => answers[i] === null);
  // Its own place counts towards what the day allows: asked of the day as it would be with it.
  const share = first ? rule.after({ kind: 'at', publication: subject, at: first.at }).standing(day).find((each) => each.tier === subject.tier) : undefined;
  const limit = share?.allowed ?? null;
  const fits = share && limit !== null ? kit.t('calendar.drag.fitsOf', { count: share.count, allowed: limit }) : kit.t('calendar.drag.fits');
  const bands = stretches(
    quarters.map(({ minute }, i) => ({ minute, value: answers[i] ? { ok: false, words: shortViolation(answers[i], rule, kit) } : { ok: true, words: fits } })),
    (a, b) => a.ok === b.ok && a.words === b.words,
  );
  return { bands, room: !first ? 0 : share && limit !== null ? Math.max(1, limit - share.count + 1) : null };
}

/** Works the bands out for these days, one a frame, and shows each as it is known. A day that only takes the post in exchange stays clean: its bright posts are the targets. */
export function spreadBands(subject: Publication, days: readonly string[], plan: { rule: Rule | null; kit: Kit; swaps: (day: string) => boolean }): void {
  const { rule, kit, swaps } = plan;
  if (!rule || rule.off || !subject.counts) return;
  const queue = [...days];
  const next = (): void => {
    const day = queue.shift();
    if (day === undefined || useDrag.getState().subject !== subject) return;
    const { bands, room } = bandsOf(subject, day, rule, kit, Date.now());
    useDrag.setState((state) => ({ room: new Map(state.room).set(day, room), ...(room !== 0 || !swaps(day) ? { bands: new Map(state.bands).set(day, bands) } : {}) }));
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
}
