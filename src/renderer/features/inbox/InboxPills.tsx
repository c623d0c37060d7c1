import { ActionIcon, Menu } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconCheck, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { CASE_KINDS, type CaseKind } from '../../../shared/domain/inbox.ts';
import { spanWords } from '../../ui/clockWords.ts';
import type { Format } from '../../ui/format.ts';

export type Shown = 'attend' | 'waiting' | 'snoozed' | 'done' | 'muted';

/** Which cases are listed: what is to be done above, what narrows it and what is over below, with the median of the answers (LOOK 07). */
export function InboxPills({ list, shown, kind, label, format, onShow, onKind, onLabel, onSettings }: {
  list: OutputOf<'inbox.list'> | undefined;
  shown: Shown;
  kind: CaseKind | null;
  label: string | null;
  format: Format;
  onShow: (shown: Shown) => void;
  onKind: (kind: CaseKind | null) => void;
  onLabel: (label: string | null) => void;
  onSettings: () => void;
}) {
  const { t } = useTranslation();
  const pill = (each: Shown) => {
    const n = list?.counts[each] ?? 0;
    return <button key={each} type="button" className="pill-button" aria-pressed={shown === each} onClick={() => onShow(each)} data-testid={`view-${each}`}>{t(`inbox.view.${each}`)} {n > 0 && each !== 'done' ? format.number(n) : ''}</button>;
  };
  const tick = (on: boolean) => (on ? <IconCheck size={14} /> : <span style={{ width: 14, display: 'inline-block' }} />);
  return (
    <div className="inbox-pills">
      <div>
        {(['attend', 'waiting', 'snoozed'] as const).map(pill)}
        <span className="grow" />
        <ActionIcon size={24} aria-label={t('inbox.settings')} title={t('inbox.settings')} onClick={onSettings} data-testid="inbox-settings"><IconAdjustmentsHorizontal size={16} stroke={1.75} /></ActionIcon>
      </div>
      <div>
        <Menu position="bottom-start">
          <Menu.Target><button type="button" className="pill-button" aria-pressed={kind !== null}>{kind ? t(`inbox.kind.${kind}`) : <><IconPlus size={12} stroke={2} aria-hidden="true" /> {t('inbox.kindFilter')}</>}</button></Menu.Target>
          <Menu.Dropdown>{[null, ...CASE_KINDS].map((each) => <Menu.Item key={each ?? 'all'} leftSection={tick(kind === each)} onClick={() => onKind(each)}>{each ? t(`inbox.kind.${each}`) : t('inbox.allKinds')}</Menu.Item>)}</Menu.Dropdown>
        </Menu>
        {(list?.labels.length ?? 0) > 0 ? (
          <Menu position="bottom-start">
            <Menu.Target><button type="button" className="pill-button" aria-pressed={label !== null}><span className="clip">{label ?? t('inbox.labelFilter')}</span></button></Menu.Target>
            <Menu.Dropdown>{[null, ...(list?.labels ?? [])].map((each) => <Menu.Item key={each ?? ''} leftSection={tick(label === each)} onClick={() => onLabel(each)}>{each ?? t('inbox.allLabels')}</Menu.Item>)}</Menu.Dropdown>
          </Menu>
        ) : null}
        {pill('done')}
        {(list?.counts.muted ?? 0) > 0 || shown === 'muted' ? pill('muted') : null}
        <span className="grow" />
        {list === undefined || list.medianMinutes === null ? null : <span className="quiet nowrap" title={t('inbox.medianWhy')} data-testid="median">{t('inbox.median', { span: spanWords(list.medianMinutes * 60_000) })}</span>}
      </div>
    </div>
  );
}
