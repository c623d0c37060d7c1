import { Button, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRpcQuery } from '../../rpc/hooks.ts';
import { Empty } from '../../ui/bits.tsx';
import { useFormat } from '../../ui/format.ts';
import { BlackBox } from './BlackBox.tsx';
import { useNoticeWords } from './useNotices.ts';

/** What was sent, missed and refused, newest first, each with its attempts. */
export function ActivityScreen() {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useNoticeWords();
  const rows = useRpcQuery('activity.list', { limit: 300 }).data;
  const [only, setOnly] = useState('all');
  const [open, setOpen] = useState<string | null>(null);
  const shown = (rows ?? []).filter((row) => only === 'all' || row.level !== 'info');
  return (
    <div className="page">
      <div style={{ display: 'flex', gap: 12, alignItems: 'center', marginBottom: 12 }}>
        <h1 style={{ margin: 0 }}>{t('activity.title')}</h1>
        <SegmentedControl value={only} onChange={setOnly} data={[{ value: 'all', label: t('activity.all') }, { value: 'problems', label: t('activity.problems') }]} aria-label={t('activity.title')} />
      </div>
      {rows && shown.length === 0 ? <Empty>{t('activity.empty')}</Empty> : null}
      <table className="plain"><tbody>
        {shown.map((row) => {
          const id = typeof row.params['id'] === 'string' ? row.params['id'] : null;
          return (
            <tr key={row.id} data-testid="activity-row" data-code={row.code}>
              <td style={{ whiteSpace: 'nowrap' }} className="quiet">{format.when(row.at)}</td>
              <td><span aria-hidden="true">{row.level === 'info' ? '·' : row.level === 'warning' ? '△' : '✕'}</span> {words(row.code, row.params)}{open === row.id && id ? <BlackBox id={id} /> : null}</td>
              <td style={{ textAlign: 'right' }}>{id ? <Button variant="subtle" size="compact-xs" aria-expanded={open === row.id} onClick={() => setOpen(open === row.id ? null : row.id)}>{t('activity.attempts')}</Button> : null}</td>
            </tr>
          );
        })}
      </tbody></table>
    </div>
  );
}
