import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { Publication } from '../../../shared/contract/publications.ts';
import { dayRange, instantToWall, wallToInstant } from '../../../shared/domain/time.ts';
import { useRpcQuery } from '../../rpc/hooks.ts';
import { DateInput, TimeInput } from '../../ui/DateTimeInput.tsx';
import type { Format } from '../../ui/format.ts';
import { TierMark } from '../../ui/TierMark.tsx';

const QUARTER = 15;
/** Quarter hours shown: two rows of twelve. */
const SHOWN = 24;
/** Characters of another post at the same minute. */
const SAME_SHOWN = 60;
const LATEST = 24 * 60 - SHOWN * QUARTER;
const pad = (n: number): string => String(n).padStart(2, '0');
const COUNTED = new Set<Publication['state']>(['scheduled', 'retry_wait', 'sending', 'posted', 'unknown', 'needs_review', 'partial', 'held', 'paused', 'missed', 'failed']);

interface Props {
  account: Account;
  /** `YYYY-MM-DDTHH:mm`; may be half typed. */
  wall: string;
  verdict: { ok: boolean; words: string } | null;
  format: Format;
  onWall: (wall: string) => void;
  /** Its own place is not somebody else's. */
  ownId: string | null;
}

/** Day and time in the account's zone, and the quarter hours around it with what already stands there (LOOK, 03). */
export function When({ account, wall, verdict, format, onWall, ownId }: Props) {
  const { t } = useTranslation();
  const { zone, policy } = account;
  const [date = '', time = ''] = wall.split('T');
  const whole = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(wall);
  const day = whole ? date : instantToWall(Date.now(), zone).slice(0, 10);
  const range = dayRange(day, zone);
  const rows = useRpcQuery('publications.list', { accountId: account.id, from: range.start, to: range.end }).data ?? [];
  const taken = new Map<number, Publication>();
  for (const each of rows) {
    if (each.dueAt === null || !COUNTED.has(each.state) || each.id === ownId) continue;
    const at = instantToWall(each.dueAt, zone);
    const minute = Number(at.slice(11, 13)) * 60 + Number(at.slice(14));
    const quarter = Math.floor(minute / QUARTER) * QUARTER;
    if (!taken.has(quarter)) taken.set(quarter, each);
  }
  const same = whole ? rows.find((each) => each.wall === wall && each.zone === zone && COUNTED.has(each.state) && each.kind !== 'reply' && each.id !== ownId) : undefined;
  const chosen = whole ? Number(time.slice(0, 2)) * 60 + Number(time.slice(3)) : null;
  const begin = Math.max(0, Math.min(LATEST, Math.floor(((chosen ?? 600) - 120) / 60) * 60));
  const now = instantToWall(Date.now(), zone);
  return (
    <div>
      <div className="composer-row">
        <span className="label">{t('composer.when')}</span>
        <DateInput aria-label={t('composer.date')} value={date} zone={zone} data-testid="composer-date" w={142} onChange={(next) => onWall(`${next}T${time}`)} />
        <TimeInput aria-label={t('composer.time')} value={time} data-testid="composer-time" w={112} onChange={(next) => onWall(`${date}T${next}`)} />
        <span className="quiet clip">{zone}</span>
      </div>
      <div className="composer-slots" role="group" aria-label={t('composer.slots', { day: format.dayOf(day) })}>
        {Array.from({ length: SHOWN }, (_, i) => {
          const minute = begin + i * QUARTER;
          const clock = `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;
          const there = taken.get(minute);
          const own = chosen !== null && Math.floor(chosen / QUARTER) * QUARTER === minute;
          const past = `${day}T${clock}` <= now;
          const words = there ? `${clock} · ${there.text.slice(0, 60)}` : `${clock} · ${past ? t('composer.slotPast') : t('composer.slotFree')}`;
          return (
            <button key={minute} type="button" tabIndex={-1} className={`composer-slot${own ? ' own' : ''}${past ? ' past' : ''}`} disabled={past} title={words} aria-label={words} onClick={() => onWall(`${day}T${clock}`)}>
              {there ? <TierMark policy={policy} post={there} /> : <i />}
              <span>{minute % 60 === 0 ? clock : `:${pad(minute % 60)}`}</span>
            </button>
          );
        })}
      </div>
      {same ? <p className="composer-verdict" data-testid="same-minute">{t('composer.sameMinute', { text: same.text.replace(/\s+/g, ' ').slice(0, SAME_SHOWN) })}</p> : null}
      {verdict ? <p className={verdict.ok ? 'composer-verdict' : 'composer-verdict bad'} role="status">{verdict.words}</p> : null}
    </div>
  );
}

/** Epoch ms of a whole wall time, else null. */
export function instantOf(wall: string, zone: string): number | null {
  try {
    return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(wall) ? wallToInstant(wall, zone) : null;
  } catch {
    return null;
  }
}
