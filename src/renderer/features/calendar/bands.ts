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

/** Where a post may go on a day, from now on. */
export function bandsOf(subject: Publication, day: string, rule: Rule, kit: Kit, now: number): Band[] {
  const quarters = Array.from({ length: QUARTERS }, (_, i) => ({ minute: i * QUARTER, at: wallToInstant(wallAt(day, i * QUARTER), kit.zone) })).filter(({ at }) => at > now);
  const answers = rule.bands(subject, quarters.map(({ at }) => at));
  const share = (useDrag.getState().lifted ?? rule).standing(day).find((each) => each.tier === subject.tier);
  const count = (share?.count ?? 0) + 1;
  const fits = share && share.allowed !== null ? kit.t('calendar.drag.fitsOf', { count, allowed: Math.max(share.allowed, count) }) : kit.t('calendar.drag.fits');
  return stretches(
    quarters.map(({ minute }, i) => ({ minute, value: answers[i] ? { ok: false, words: shortViolation(answers[i], rule, kit) } : { ok: true, words: fits } })),
    (a, b) => a.ok === b.ok && a.words === b.words,
  );
}

/** Works the bands out for these days, one a frame, and shows each as it is known. A day that only takes the post in exchange stays clean: its bright posts are the targets. */
export function spreadBands(subject: Publication, days: readonly string[], plan: { rule: Rule | null; kit: Kit; swaps: (day: string) => boolean }): void {
  const { rule, kit, swaps } = plan;
  if (!rule || rule.off || !subject.counts) return;
  const queue = [...days];
  const next = (): void => {
    const day = queue.shift();
    if (day === undefined || useDrag.getState().subject !== subject) return;
    const found = bandsOf(subject, day, rule, kit, Date.now());
    if (found.some((band) => band.value.ok) || !swaps(day)) useDrag.setState((state) => ({ bands: new Map(state.bands).set(day, found) }));
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
}
