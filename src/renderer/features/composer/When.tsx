import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import { slotsOn } from '../../../shared/domain/template.ts';
import { instantToWall, LONGEST_AHEAD_MS, wallToInstant } from '../../../shared/domain/time.ts';
import { TierBadge, tierName } from '../../ui/bits.tsx';
import { DateInput, TimeInput } from '../../ui/DateTimeInput.tsx';
import type { Format } from '../../ui/format.ts';
import type { Plan } from '../calendar/usePlan.ts';
import { Quarters, useDayPosts } from './Quarters.tsx';
import type { NextTime } from './useNextTimes.ts';

/** Characters of another post at the same minute. */
const SAME_SHOWN = 60;
const WHOLE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;

/** Whether a tier fits at the chosen time, and where it does next. */
export interface Fit {
  tier: string;
  ok: boolean;
  words: string;
  /** Null where none is found, or none is needed. */
  next: NextTime | null;
}
interface Props {
  account: Account;
  /** `YYYY-MM-DDTHH:mm`; may be half typed. */
  wall: string;
  /** The tier chosen; null where it is not judged. */
  fit: Fit | null;
  /** The tier that the link proposes, where another is chosen. */
  other: Fit | null;
  next: readonly NextTime[];
  /** Its tier, for the chips; null outside the ratio. */
  tier: string | null;
  plan: Pick<Plan, 'template'>;
  format: Format;
  onWall: (wall: string) => void;
  /** Its own place is not somebody else's. */
  ownId: string | null;
}

/** "hoy" is not said where the clock does. */
function shortWhen(format: Format, at: number): string {
  return format.isToday(at, Date.now()) ? format.time(at) : format.when(at);
}

function Sentence({ fit, account, format, onWall, main }: { fit: Fit; account: Account; format: Format; onWall: (wall: string) => void; /** Of the tier chosen. */ main: boolean }) {
  const { t, i18n } = useTranslation();
  const tier = tierName(account.policy, fit.tier, i18n.language);
  return (
    <span data-testid={main ? 'fit' : 'fit-other'}>
      {main ? (fit.ok ? t('composer.fit.ok', { when: fit.words, tier }) : fit.words) : fit.ok ? t('composer.fit.otherOk', { tier }) : t('composer.fit.otherNo', { tier, why: fit.words })}
      {fit.ok ? '.' : fit.next ? <>; {t('composer.fit.next', { tier })} <button type="button" className="link-button" data-testid="fit-next" onClick={() => onWall(fit.next?.wall ?? '')}>{format.when(fit.next.at)}</button>.</> : `; ${t('composer.fit.none', { tier })}.`}
      {' '}
    </span>
  );
}

/** Day and time in the account's zone, the next free times, the quarter hours around it with what already stands there, and whether it fits (LOOK, 03). */
export function When({ account, wall, fit, other, next, tier, plan, format, onWall, ownId }: Props) {
  const { t } = useTranslation();
  const { zone } = account;
  const [date = '', time = ''] = wall.split('T');
  const whole = instantOf(wall, zone) !== null;
  const day = whole ? date : instantToWall(Date.now(), zone).slice(0, 10);
  const posts = useDayPosts(account, day, ownId);
  const same = whole ? posts.find((each) => each.wall === wall && each.zone === zone && each.kind !== 'reply') : undefined;
  return (
    <div>
      <div className="composer-row">
        <span className="label">{t('composer.when')}</span>
        <DateInput aria-label={t('composer.date')} value={date} zone={zone} data-testid="composer-date" w={142} onChange={(date) => onWall(`${date}T${time}`)} />
        <TimeInput aria-label={t('composer.time')} value={time} data-testid="composer-time" w={112} onChange={(time) => onWall(`${date}T${time}`)} />
        <span className="quiet clip">{zone}</span>
      </div>
      {next.length > 0 ? (
        <div className="composer-next" role="group" aria-label={t('composer.nextTimes')}>
          {next.map((each, i) => (
            <button key={each.wall} type="button" className="next-chip" aria-pressed={each.wall === wall} data-testid={i === 0 ? 'composer-next-free' : 'composer-next'} onClick={() => onWall(each.wall)}>
              {tier === null ? null : <TierBadge policy={account.policy} tier={tier} />}{i === 0 ? t('composer.nextSlot', { when: shortWhen(format, each.at) }) : shortWhen(format, each.at)}
            </button>
          ))}
        </div>
      ) : null}
      <Quarters account={account} day={day} wall={whole ? wall : null} ownId={ownId} slots={slotsOn(plan.template, day)} format={format} onWall={onWall} />
      {same ? <p className="composer-verdict" data-testid="same-minute">{t('composer.sameMinute', { text: same.text.replace(/\s+/g, ' ').slice(0, SAME_SHOWN) })}</p> : null}
      {fit ? (
        <p className={fit.ok ? 'composer-verdict' : 'composer-verdict bad'} role="status">
          <Sentence main fit={fit} account={account} format={format} onWall={onWall} />
          {other ? <Sentence main={false} fit={other} account={account} format={format} onWall={onWall} /> : null}
        </p>
      ) : null}
    </div>
  );
}

/** Epoch ms of a whole wall time that a post can be planned for; else null. */
export function instantOf(wall: string, zone: string): number | null {
  try {
    const at = WHOLE.test(wall) ? wallToInstant(wall, zone) : null;
    // Beyond that core refuses it, and calendars end.
    return at !== null && at <= Date.now() + LONGEST_AHEAD_MS ? at : null;
  } catch {
    return null;
  }
}
