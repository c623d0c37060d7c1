import { useEffect, useRef } from 'react';
import type { Publication } from '../../../shared/contract/publications.ts';
import { useDrag } from './dragStore.ts';
import type { Kit } from './kit.ts';
import type { Landing } from './landing.ts';

interface Said {
  title: string;
  lead: string | null;
  moves: { from: string; to: string; words: string }[];
  note: string | null;
}
const QUOTED = 28;
const quote = (kit: Kit, publication: Publication): string => {
  const words = kit.firstWords(publication);
  return kit.t('calendar.drag.quoted', { words: words.length > QUOTED ? `${words.slice(0, QUOTED)}…` : words });
};

/** What dropping would do, in words (UX: live, both moves in full for an exchange). */
export function wordsOf(kit: Kit, subject: Publication, landing: Landing): Said {
  const { t, format } = kit;
  const when = format.when(landing.at);
  const from = subject.dueAt !== null && subject.state === 'scheduled' ? format.when(subject.dueAt) : t('calendar.tray');
  const move = { from, to: when, words: quote(kit, subject) };
  const undo = t('calendar.drag.undo');
  const tier = kit.name(subject.tier);
  switch (landing.kind) {
    case 'past': return { title: t('calendar.notAllowed', { when, why: t('calendar.past') }), lead: null, moves: [], note: null };
    case 'same': return { title: t('calendar.drag.same', { when }), lead: null, moves: [], note: null };
    case 'fits': return { title: t('calendar.allowed', { when }), lead: landing.warning ? kit.violation(landing.warning) : null, moves: [move], note: undo };
    case 'exchange': return { title: t('calendar.drag.exchangeTitle', { when, tier }), lead: t('calendar.drag.exchangeLead'), moves: [move, { from: when, to: from, words: quote(kit, landing.other) }], note: undo };
    case 'take': return { title: t('calendar.drag.takeTitle', { when, tier }), lead: t('calendar.drag.takeLead'), moves: [move, { from: when, to: t('calendar.tray'), words: quote(kit, landing.other) }], note: undo };
    case 'refused': return { title: t('calendar.notAllowed', { when, why: kit.violation(landing.violation) }), lead: t('calendar.drag.refused'), moves: [], note: null };
    default: return landing satisfies never;
  }
}
const plain = (said: Said): string => [said.title, said.lead, ...said.moves.map((each) => `${each.from} → ${each.to} ${each.words}`)].filter((each) => each !== null).join('. ');

/** Beside the pointer, or under the place that the keys have reached; and in a live region for who does not see it. */
export function DragCard({ kit, byDay }: { kit: Kit; /** The arrows go by days, as in the month. */ byDay: boolean }) {
  const subject = useDrag((state) => state.subject);
  const landing = useDrag((state) => state.landing);
  const how = useDrag((state) => state.how);
  const target = useDrag((state) => state.target);
  const off = useDrag((state) => state.off);
  const card = useRef<HTMLDivElement>(null);
  const pointing = subject !== null && how === 'pointer';
  // The card follows the pointer by its own position, not by a render.
  useEffect(() => {
    if (!pointing) return undefined;
    const follow = (event: globalThis.DragEvent): void => {
      const element = card.current;
      if (!element || (event.clientX === 0 && event.clientY === 0)) return;
      const left = event.clientX + element.offsetWidth + 26 > window.innerWidth || event.clientX > window.innerWidth * 0.45;
      element.style.setProperty('translate', `${left ? event.clientX - element.offsetWidth - 14 : event.clientX + 18}px ${Math.min(event.clientY + 20, window.innerHeight - element.offsetHeight - 8)}px`);
    };
    document.addEventListener('dragover', follow);
    return () => document.removeEventListener('dragover', follow);
  }, [pointing]);
  useEffect(() => {
    const element = card.current;
    const place = how === 'keys' ? document.querySelector('.place, .month-cell.over')?.getBoundingClientRect() : null;
    if (!element || !place) return;
    const left = place.right + element.offsetWidth + 18 > window.innerWidth;
    element.style.setProperty('translate', `${left ? Math.max(8, place.left - element.offsetWidth - 10) : place.right + 10}px ${Math.max(8, Math.min(place.top + 18, window.innerHeight - element.offsetHeight - 8))}px`);
  }, [how, target, landing]);
  if (!subject || !landing || off) return <div className="sr" aria-live="polite" />;
  const said = wordsOf(kit, subject, landing);
  return (
    <>
      <div className="sr" aria-live="polite">{plain(said)}</div>
      <div className={`drag-card ${landing.kind}`} ref={card} data-testid={how === 'keys' ? 'move-words' : 'drag-words'} aria-hidden="true">
        <b>{said.title}</b>
        {said.lead ? <div>{said.lead}</div> : null}
        {said.moves.length > 0 ? <div className="moves">{said.moves.map((each) => <div key={each.words + each.from}><span>{each.from}</span><span>→ {each.to} {each.words}</span></div>)}</div> : null}
        {said.note && how === 'pointer' ? <div className="note">{said.note}</div> : null}
        {how === 'keys' ? <div className="note">{kit.t(byDay ? 'calendar.movingDays' : 'calendar.moving')}</div> : null}
      </div>
    </>
  );
}
