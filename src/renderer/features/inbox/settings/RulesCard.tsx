import { Button } from '@mantine/core';
import { IconArrowsSort, IconFlask, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../../shared/contract/accounts.ts';
import type { RuleView } from '../../../../shared/contract/inbox.ts';
import { useRpc, useRpcQuery } from '../../../rpc/hooks.ts';
import { EmptyState } from '../../../ui/bits.tsx';
import { useToast } from '../../../ui/useToast.tsx';
import { TriedOn, useDryRun } from './DryRun.tsx';
import { movedRule, withRule } from './forms.ts';
import { RuleForm } from './RuleForm.tsx';
import { RuleRow } from './RuleRow.tsx';
import { focusSoon, useKept, useShown } from './useKept.ts';

const NEW = 'new';
const MOST = 200;

/** Rules in their order, the first that fits wins; they never send (DOMAIN §6). Each change is one write with its way back. */
export function RulesCard({ account }: { account: Account }) {
  const { t } = useTranslation();
  const rpc = useRpc();
  const toast = useToast();
  const accountId = account.id;
  const saved = useRpcQuery('inbox.rules', { accountId }).data;
  const routes = useRpcQuery('inbox.routes', { accountId }).data ?? [];
  const labels = useRpcQuery('inbox.list', { accountId, view: 'attend', limit: 1 }).data?.labels ?? [];
  const { shown: rules, now: newest, put } = useShown(saved);
  const { value: editing, set: setEditing } = useKept<string | null>(`${accountId} rules`, null);
  const [said, setSaid] = useState('');
  const [busy, setBusy] = useState(false);
  const dry = useDryRun(accountId);
  if (!rules) return null;
  /** True once it is kept. */
  const change = async (next: RuleView[], words: string): Promise<boolean> => {
    dry.clear();
    setBusy(true);
    try {
      await put(next, async () => {
        const kept = await rpc.command('inbox.setRules', { accountId, rules: next });
        toast.done(words, { undoId: kept.undoId });
        return kept.rules;
      });
      return true;
    } catch (error) {
      toast.failed(error);
      return false;
    } finally {
      setBusy(false);
    }
  };
  const list = (): RuleView[] => newest() ?? rules;
  const open = (id: string): void => {
    dry.clear();
    setEditing(id);
  };
  const close = (): void => {
    dry.clear();
    setEditing(null);
    focusSoon(editing === null || editing === NEW ? 'rule-add' : `rule-edit-${editing}`);
  };
  const keep = async (rule: RuleView): Promise<boolean> => {
    const kept = await change(withRule(list(), rule), t('inboxSettings.rules.saved', { name: rule.name }));
    if (kept) close();
    return kept;
  };
  const move = (rule: RuleView, by: 1 | -1): void => {
    const before = list();
    const at = before.findIndex((each) => each.id === rule.id) + by;
    if (at < 0 || at >= before.length) return;
    const words = t('inboxSettings.rules.moved', { name: rule.name, at: at + 1, of: before.length });
    setSaid(words);
    void change(movedRule(before, rule.id, by), words);
  };
  const form = (rule: RuleView | null) => (
    <RuleForm account={account} rule={rule} routes={routes} labels={labels} busy={busy} dry={dry} onTry={(draft) => dry.run(withRule(list(), draft))} onSave={keep} onClose={close} />
  );
  const full = rules.length >= MOST;
  return (
    <section className="card" data-testid="rules-card">
      <header>
        <div className="grow"><h2>{t('inboxSettings.rules.title')}</h2><div className="quiet">{t('inboxSettings.rules.hint')}</div></div>
        {rules.length > 0 ? <Button variant="default" leftSection={<IconFlask size={14} stroke={1.75} />} disabled={editing !== null} loading={dry.busy && editing === null} data-testid="rules-try" onClick={() => dry.run(rules)}>{t('inboxSettings.rules.try')}</Button> : null}
        <Button id="rule-add" variant="default" leftSection={<IconPlus size={14} stroke={1.75} />} disabled={editing === NEW || full} title={full ? t('inboxSettings.rules.full') : undefined} data-testid="rule-add" onClick={() => open(NEW)}>{t('inboxSettings.rules.add')}</Button>
      </header>
      {rules.length === 0 && editing !== NEW ? <EmptyState icon={IconArrowsSort} title={t('inboxSettings.rules.none')} body={t('inboxSettings.rules.noneBody')}><Button onClick={() => open(NEW)}>{t('inboxSettings.rules.add')}</Button></EmptyState> : null}
      {rules.length > 0 ? (
        <ol className="rules" aria-label={t('inboxSettings.rules.title')}>
          {rules.map((rule, index) => (editing === rule.id ? <li key={rule.id} className="rule-editing">{form(rule)}</li> : (
            <RuleRow
              key={rule.id} rule={rule} at={index} of={rules.length} routes={routes} tried={dry.result} onMove={(by) => move(rule, by)} onEdit={() => open(rule.id)}
              onEnable={(enabled) => void change(withRule(list(), { ...rule, enabled }), t(enabled ? 'inboxSettings.rules.on' : 'inboxSettings.rules.off', { name: rule.name }))}
              onRemove={() => void change(list().filter((each) => each.id !== rule.id), t('inboxSettings.rules.removed', { name: rule.name })).then(() => focusSoon('rule-add'))}
            />
          )))}
        </ol>
      ) : null}
      {editing === NEW ? form(null) : null}
      {dry.result && editing === null ? <TriedOn tried={dry.result} /> : null}
      {rules.length > 1 ? <p className="rules-order quiet">{t('inboxSettings.rules.order')}</p> : null}
      <span className="sr" role="status">{said}</span>
    </section>
  );
}
