import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { Publication } from '../../../shared/contract/publications.ts';
import type { TemplateSlot } from '../../../shared/domain/template.ts';
import { dayRange, instantToWall } from '../../../shared/domain/time.ts';
import { useRpcQuery } from '../../rpc/hooks.ts';
import { TierBadge, tierName } from '../../ui/bits.tsx';
import type { Format } from '../../ui/format.ts';
import { TierMark } from '../../ui/TierMark.tsx';

const QUARTER = 15;
const A_ROW = 12;
/** Quarter hours shown: two rows of twelve. */
const SHOWN = 2 * A_ROW;
const LATEST = 24 * 60 - SHOWN * QUARTER;
const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -A_ROW, ArrowDown: A_ROW };
const pad = (n: number): string => String(n).padStart(2, '0');
const clockOf = (minute: number): string => `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;
const minuteOf = (wall: string): number => Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16));
const quarterOf = (minute: number): number => Math.floor(minute / QUARTER) * QUARTER;
const STANDS = new Set<Publication['state']>(['scheduled', 'retry_wait', 'sending', 'posted', 'unknown', 'needs_review', 'partial', 'held', 'paused', 'missed', 'failed']);
/** What stands there and will not go out by itself is hatched. */
const HALTED = new Set<Publication['state']>(['held', 'paused', 'missed', 'failed']);

interface Props {
  account: Account;
  day: string;
  /** Chosen wall time; null while it is half typed. */
  wall: string | null;
  ownId: string | null;
  /** The template's slots of the day. */
  slots: readonly TemplateSlot[];
  format: Format;
  onWall: (wall: string) => void;
}

/** What of the account stands on a day, and what goes out at the same minute. */
export function useDayPosts(account: Account, day: string, ownId: string | null): Publication[] {
  const range = dayRange(day, account.zone);
  const rows = useRpcQuery('publications.list', { accountId: account.id, from: range.start, to: range.end }).data ?? [];
  return rows.filter((each) => each.dueAt !== null && STANDS.has(each.state) && each.id !== ownId);
}

/** The quarter hours around the chosen one as squares: a letter stands there, hollow is free, hatched is held back, ringed is the chosen (LOOK, 03). A click takes one; by keys, arrows go from one to the next. */
export function Quarters({ account, day, wall, ownId, slots, format, onWall }: Props) {
  const { t, i18n } = useTranslation();
  const { zone, policy } = account;
  const taken = new Map<number, Publication>();
  for (const each of useDayPosts(account, day, ownId)) {
    const quarter = quarterOf(minuteOf(instantToWall(each.dueAt ?? 0, zone)));
    if (!taken.has(quarter)) taken.set(quarter, each);
  }
  const free = new Map(slots.map((slot) => [quarterOf(minuteOf(`${day}T${slot.time}`)), slot]));
  const chosen = wall === null ? null : quarterOf(minuteOf(wall));
  const begin = Math.max(0, Math.min(LATEST, Math.floor(((chosen ?? 600) - 120) / 60) * 60));
  const now = instantToWall(Date.now(), zone);
  const all = Array.from({ length: SHOWN }, (_, i) => begin + i * QUARTER);
  const entry = all.find((minute) => minute === chosen && `${day}T${clockOf(minute)}` > now) ?? all.find((minute) => `${day}T${clockOf(minute)}` > now);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const by = STEPS[event.key];
    const squares = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button')];
    const next = by === undefined ? undefined : squares[squares.indexOf(event.target as HTMLButtonElement) + by];
    if (by === undefined) return;
    event.preventDefault();
    if (next && !next.disabled) next.focus();
  };
  const name = day === now.slice(0, 10) ? t('composer.said.today') : format.dayOf(day);
  return (
    <div className="composer-quarters">
      <p className="quiet">{t('composer.between', { day: name, from: clockOf(begin), to: clockOf(begin + SHOWN * QUARTER) })}</p>
      <div className="composer-slots" role="group" aria-label={t('composer.slots', { day: format.dayOf(day) })} onKeyDown={onKeyDown}>
        {all.map((minute) => {
          const clock = clockOf(minute);
          const there = taken.get(minute);
          const slot = free.get(minute);
          const own = chosen === minute;
          const past = `${day}T${clock}` <= now;
          const halted = there !== undefined && HALTED.has(there.state);
          const words = there
            ? `${clock} · ${halted ? `${t(`calendar.state.${there.state}`)} · ` : ''}${there.text.slice(0, 60)}`
            : `${clock} · ${past ? t('composer.slotPast') : slot ? t('composer.slotFreeFor', { tier: tierName(policy, slot.tier, i18n.language) }) : t('composer.slotFree')}`;
          const at = slot && !there ? `${day}T${slot.time}` : `${day}T${clock}`;
          return (
            <button key={minute} type="button" tabIndex={minute === entry ? 0 : -1} className={`composer-slot${own ? ' own' : ''}${past ? ' past' : ''}${halted ? ' halted' : ''}`} data-testid="composer-slot" disabled={past} aria-pressed={own} title={words} onClick={() => onWall(at)}>
              <span className="sr">{words}</span>
              <span className="square" aria-hidden="true">{there ? <TierMark policy={policy} post={there} /> : slot && !past ? <TierBadge policy={policy} tier={slot.tier} hollow /> : <i />}</span>
              <span aria-hidden="true">{minute % 60 === 0 ? clock : `:${pad(minute % 60)}`}</span>
            </button>
          );
        })}
      </div>
    </div>
  );
}
