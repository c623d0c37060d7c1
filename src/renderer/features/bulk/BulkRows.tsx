import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { BulkRow } from '../../../shared/contract/publications.ts';
import { wallToInstant } from '../../../shared/domain/time.ts';
import { TierBadge } from '../../ui/bits.tsx';
import { useFormat } from '../../ui/format.ts';
import { useNow } from '../../ui/useNow.ts';
import { useReasonWords } from '../activity/useNotices.ts';

const SHOWN_ROWS = 200;
const SHOWN_TEXT = 160;

/** What was understood of each line, and what becomes of it. */
export function BulkRows({ rows, account, to }: { rows: readonly BulkRow[]; account: Account; to: 'tray' | 'calendar' }) {
  const { t } = useTranslation();
  const format = useFormat(account.zone);
  const reason = useReasonWords(account.policy);
  const now = useNow();
  const { policy, zone } = account;
  /** The day in words, so that 1/12 cannot be taken for January; the year where it is another one. */
  const when = (wall: string): string => {
    const day = wall.slice(0, 10);
    return `${format.dayOf(day)}${format.date(day).getUTCFullYear() === new Date(now).getUTCFullYear() ? '' : ` ${day.slice(0, 4)}`} ${format.time(wallToInstant(wall, zone))}`;
  };
  const verdict = (row: BulkRow): string => (row.verdict === 'ok' ? t(to === 'calendar' ? 'bulk.ok.calendar' : 'bulk.ok.tray') : t(row.verdict === 'draft' ? 'bulk.draft' : 'bulk.skipped'));
  return (
    <div className="dialog-table" tabIndex={0} role="region" aria-label={t('bulk.preview')}>
      <table className="plain">
        <thead><tr><th>{t('bulk.line')}</th><th>{t('bulk.text')}</th><th>{t('bulk.tier')}</th><th>{t('bulk.when')}</th><th>{t('bulk.verdict')}</th></tr></thead>
        <tbody>
          {rows.slice(0, SHOWN_ROWS).map((row) => (
            <tr key={row.line} data-testid="bulk-row" data-verdict={row.verdict}>
              <td>{row.line}</td>
              <td className="anywhere">{row.text.slice(0, SHOWN_TEXT)}{row.note ? <div className="quiet" data-testid="bulk-note">{t(`bulk.note.${row.note.code}`, { word: row.note.word })}</div> : null}</td>
              <td className="nowrap"><TierBadge policy={policy} tier={row.tier} />{row.read?.tier ? <div className="quiet">[{row.read.tier}]</div> : null}</td>
              <td>{row.wall ? <span className="nowrap">{when(row.wall)}</span> : null}{row.read && row.wall ? <div className="quiet">{row.read.time === '' ? t('bulk.slot') : t('bulk.read', { word: row.read.time })}</div> : null}</td>
              <td>{verdict(row)}{row.reason ? <div className="quiet">{reason(row.reason)}</div> : null}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
