import { IconAlertTriangle, IconCheck, IconClockPause, IconPhoto, IconQuestionMark, IconStarFilled } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Publication } from '../../../shared/contract/publications.ts';
import type { RatioPolicy } from '../../../shared/domain/types.ts';
import { TierBadge, tierColor, tierName } from '../../ui/bits.tsx';
import type { Format } from '../../ui/format.ts';

export const DRAG_TYPE = 'application/x-parrilla-publication';
const MOVABLE = new Set<Publication['state']>(['draft', 'scheduled', 'held', 'missed', 'failed', 'paused', 'retry_wait']);
export const isMovable = (publication: Publication): boolean => MOVABLE.has(publication.state);

function StateIcon({ publication }: { publication: Publication }) {
  const { state } = publication;
  if (state === 'posted') return <IconCheck size={12} aria-hidden="true" />;
  if (state === 'unknown' || state === 'needs_review') return <IconQuestionMark size={12} aria-hidden="true" />;
  if (state === 'paused' || state === 'retry_wait' || state === 'held') return <IconClockPause size={12} aria-hidden="true" />;
  if (state === 'missed' || state === 'failed') return <IconAlertTriangle size={12} aria-hidden="true" />;
  return null;
}

/** One publication on the grid, on one line: tier by colour and letter, time, first words, state (UX, calendar). */
export const Chip = memo(function Chip({ publication, policy, format, moving, onOpen, onMove, onOff, onDrag }: { publication: Publication; policy: RatioPolicy; format: Format; moving: boolean; onOpen: (id: string) => void; onMove: (publication: Publication) => void; onOff: (publication: Publication) => void; onDrag: (publication: Publication | null) => void }) {
  const { t, i18n } = useTranslation();
  const at = publication.sentAt ?? publication.dueAt ?? 0;
  const words = publication.text.trim() === '' ? t('calendar.noText') : publication.text;
  const state = t(`calendar.state.${publication.state}`);
  return (
    <button
      type="button" className={moving ? 'chip moving' : 'chip'} data-testid="chip" data-id={publication.id} data-state={publication.state} style={{ color: tierColor(policy, publication.tier) }}
      draggable={isMovable(publication)} title={`${format.time(at)} · ${state} · ${publication.text.slice(0, 200)}`}
      aria-label={t('calendar.chip', { tier: tierName(policy, publication.tier, i18n.language), time: format.when(at), state, text: words.slice(0, 80) })}
      onClick={() => onOpen(publication.id)}
      onKeyDown={(event) => {
        if (event.key.toLowerCase() === 'm' && isMovable(publication)) { event.preventDefault(); event.stopPropagation(); onMove(publication); }
        if (event.key === 'Delete' && isMovable(publication)) { event.preventDefault(); onOff(publication); }
      }}
      onDragStart={(event) => { event.dataTransfer.setData(DRAG_TYPE, publication.id); event.dataTransfer.effectAllowed = 'move'; onDrag(publication); }}
      onDragEnd={() => onDrag(null)}
    >
      <TierBadge policy={policy} tier={publication.tier} />
      <span className="time">{format.time(at)}</span>
      <span className="words">{words.replace(/\s+/g, ' ')}</span>
      {publication.media.length > 0 ? <IconPhoto size={12} aria-hidden="true" /> : null}
      {publication.overrideReason ? <IconStarFilled size={10} aria-label={t('calendar.override')} /> : null}
      <StateIcon publication={publication} />
    </button>
  );
});
