import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconBellOff, IconCheck, IconDots, IconExternalLink, IconFlag, IconHourglass, IconPhone, IconTag } from '@tabler/icons-react';
import { Key } from '../../hotkeys/Key.tsx';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../../shared/contract/inbox.ts';
import { CASE_KINDS, OUTCOMES } from '../../../shared/domain/inbox.ts';
import { ClockTag, KindTag } from '../../ui/CaseChips.tsx';
import type { Act } from './useCaseActs.ts';

const ticked = (on: boolean): ReactNode => (on ? <IconCheck size={14} /> : <span style={{ width: 14, display: 'inline-block' }} />);

export interface ConversationHeadProps {
  row: CaseView;
  now: number;
  /** Opens its last message on X; null where there is nothing to open. */
  onX: (() => void) | null;
  onAct: (act: Act) => void;
  onLabel: () => void;
  /** Snooze and channels stand beside "done". */
  menus: ReactNode;
}
/** Who, what it is and how it stands to its clock; what can be done with it: one row (LOOK 07). Where it is narrow the tags go under the name, then the keys; the name is clipped last. */
export function ConversationHead({ row, now, onX, onAct, onLabel, menus }: ConversationHeadProps) {
  const { t } = useTranslation();
  const name = row.person.name || `@${row.person.username}`;
  const silent = row.state === 'muted';
  return (
    <header className="conversation-head" data-testid="conversation-head">
      <div className="head-who">
        <h1 className="clip" title={name}>{name}</h1>
        <div className="head-tags">
          <KindTag kind={row.kind} />
          <span className="tag" data-testid="case-state">{t(`inbox.state.${row.state}`)}</span>
          {row.high ? <span className="tag line head-flag" title={t('inbox.toHigh')}><IconFlag size={11} stroke={1.75} aria-hidden="true" /><span>{t('inbox.high')}</span></span> : null}
          {row.dueAt !== null ? <ClockTag dueAt={row.dueAt} now={now} /> : null}
        </div>
      </div>
      <span className="grow" />
      {row.state === 'done' || silent ? (
        <Button variant="default" size="xs" onClick={() => onAct({ type: silent ? 'unmute' : 'reopen' })}>{t(silent ? 'inbox.unmute' : 'inbox.reopen')}</Button>
      ) : (
        <Button variant="default" size="xs" rightSection={<Key of="e" />} onClick={() => onAct({ type: 'done' })} data-testid="case-done">{t('inbox.done')}</Button>
      )}
      {menus}
      <Menu position="bottom-end">
        <Menu.Target><ActionIcon size={28} aria-label={t('deck.more')} title={t('deck.more')} data-testid="case-more"><IconDots size={16} stroke={1.75} /></ActionIcon></Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconTag size={14} stroke={1.75} />} rightSection={<Key of="#" />} onClick={onLabel} data-testid="case-label">{t('inbox.label')}</Menu.Item>
          <Menu.Item leftSection={<IconFlag size={14} stroke={1.75} />} rightSection={<Key of="!" />} onClick={() => onAct({ type: 'high', high: !row.high })}>{t(row.high ? 'inbox.toNormal' : 'inbox.toHigh')}</Menu.Item>
          <Menu.Item leftSection={<IconHourglass size={14} stroke={1.75} />} onClick={() => onAct({ type: 'wait' })}>{t('inbox.wait')}</Menu.Item>
          <Menu.Item leftSection={<IconPhone size={14} stroke={1.75} />} onClick={() => onAct({ type: 'called', note: '' })}>{t('inbox.called')}</Menu.Item>
          <Menu.Item leftSection={<IconBellOff size={14} stroke={1.75} />} rightSection={<Key of="u" />} onClick={() => onAct({ type: silent ? 'unmute' : 'mute' })}>{t(silent ? 'inbox.unmute' : 'inbox.mute')}</Menu.Item>
          {onX === null ? null : <Menu.Item leftSection={<IconExternalLink size={14} stroke={1.75} />} rightSection={<Key of="o" />} onClick={onX}>{t('deck.viewOnX')}</Menu.Item>}
          <Menu.Divider />
          <Menu.Label>{t('inbox.kindIs')}</Menu.Label>
          {CASE_KINDS.map((kind) => <Menu.Item key={kind} leftSection={ticked(row.kind === kind)} onClick={() => onAct({ type: 'kind', kind })}>{t(`inbox.kind.${kind}`)}</Menu.Item>)}
          <Menu.Label>{t('inbox.endedAs')}</Menu.Label>
          {OUTCOMES.map((outcome) => <Menu.Item key={outcome} leftSection={ticked(row.outcome === outcome)} onClick={() => onAct({ type: 'outcome', outcome: row.outcome === outcome ? null : outcome })}>{t(`inbox.outcome.${outcome}`)}</Menu.Item>)}
        </Menu.Dropdown>
      </Menu>
    </header>
  );
}
