import { ActionIcon, Switch } from '@mantine/core';
import { IconArrowDown, IconArrowRight, IconArrowUp, IconPencil, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RouteView, RuleView } from '../../../../shared/contract/inbox.ts';
import { Took, type Tried } from './DryRun.tsx';
import { ruleWords } from './ruleWords.ts';

/** A rule in its place: on or off, in words, moved by its buttons or by Alt and an arrow. */
export function RuleRow({ rule, at, of, routes, tried, onMove, onEnable, onEdit, onRemove }: { rule: RuleView; at: number; of: number; routes: readonly RouteView[]; tried: Tried | null; onMove: (by: 1 | -1) => void; onEnable: (enabled: boolean) => void; onEdit: () => void; onRemove: () => void }) {
  const { t, i18n } = useTranslation();
  const { when, acts } = ruleWords(t, i18n.language, rule, routes);
  // A button at its end stays in reach: the focus is not lost on the way up.
  const mover = (by: 1 | -1, blocked: boolean) => {
    const words = t(by < 0 ? 'inboxSettings.rules.up' : 'inboxSettings.rules.down');
    const Sign = by < 0 ? IconArrowUp : IconArrowDown;
    return <ActionIcon size={24} aria-label={`${words}: ${rule.name}`} title={words} aria-disabled={blocked} {...(blocked ? { 'data-disabled': true } : {})} data-testid={by < 0 ? 'rule-up' : 'rule-down'} onClick={() => { if (!blocked) onMove(by); }}><Sign size={15} stroke={1.75} /></ActionIcon>;
  };
  return (
    <li className={rule.enabled ? 'rule' : 'rule off'} data-testid="rule-row" data-rule={rule.name} onKeyDown={(event) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
      event.preventDefault();
      event.stopPropagation();
      onMove(event.key === 'ArrowUp' ? -1 : 1);
    }}>
      <span className="rule-at" aria-hidden="true">{at + 1}</span>
      <Switch aria-label={`${t('inboxSettings.rules.enabled')}: ${rule.name}`} checked={rule.enabled} data-testid="rule-enabled" onChange={(event) => onEnable(event.currentTarget.checked)} />
      <div className="rule-words">
        <div><b>{rule.name}</b>{rule.enabled ? null : <span className="tag">{t('inboxSettings.rules.disabled')}</span>}</div>
        <div><span>{when.join(' · ')}</span><IconArrowRight size={12} stroke={1.75} aria-hidden="true" /><span>{acts.join(' · ')}</span></div>
        {tried ? <Took tried={tried} ruleId={rule.id} off={!rule.enabled} /> : null}
      </div>
      <div className="rule-acts">
        {mover(-1, at === 0)}
        {mover(1, at === of - 1)}
        <ActionIcon id={`rule-edit-${rule.id}`} size={24} aria-label={`${t('inboxSettings.edit')}: ${rule.name}`} title={t('inboxSettings.edit')} data-testid="rule-edit" onClick={onEdit}><IconPencil size={15} stroke={1.75} /></ActionIcon>
        <ActionIcon size={24} aria-label={`${t('inboxSettings.remove')}: ${rule.name}`} title={t('inboxSettings.remove')} data-testid="rule-remove" onClick={onRemove}><IconTrash size={15} stroke={1.75} /></ActionIcon>
      </div>
    </li>
  );
}
