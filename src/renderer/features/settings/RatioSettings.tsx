import { Button, Group, SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { InputOf } from '../../../shared/contract/index.ts';
import type { Publication } from '../../../shared/contract/publications.ts';
import { tierOf } from '../../../shared/domain/ratioTier.ts';
import { DEFAULT_POLICY, PRESET_60_40, type RatioMode, type RatioPolicy } from '../../../shared/domain/types.ts';
import { useRpc, useRpcCommand, useRpcQuery } from '../../rpc/hooks.ts';
import { tierName } from '../../ui/bits.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { useToast } from '../../ui/useToast.tsx';
import { ratioName } from './Accounts.tsx';
import { LinkRules } from './LinkRules.tsx';
import { PolicyEffect, repairWords, useEffectOf } from './PolicyEffect.tsx';
import { formOf, policyOf, type PolicyForm, ratioOf, withTier } from './policyForm.ts';
import { TierTable } from './TierTable.tsx';

const PRESETS = [DEFAULT_POLICY, PRESET_60_40];
/** Not out yet, or not settled: their tier still means something. */
const PLANNED: Publication['state'][] = ['draft', 'scheduled', 'retry_wait', 'held', 'paused', 'missed', 'failed'];
/** What was being written when its page was left, by account. */
const kept = new Map<string, PolicyForm>();

interface Use {
  tier: string;
  posts: number;
  slots: number;
  rules: number;
}

/** The rule of the account in the bar: tiers, weights, how strictly, and which link means which tier (DOMAIN §2). */
export function RatioSettings({ account }: { account: Account }) {
  const { t, i18n } = useTranslation();
  const rpc = useRpc();
  const toast = useToast();
  const update = useRpcCommand('accounts.update');
  const context = useRpcQuery('planning.context', { accountId: account.id }).data;
  const planned = useRpcQuery('publications.list', { accountId: account.id, states: PLANNED, limit: 5000 }).data;
  const [draft, setDraft] = useState<PolicyForm | null>(() => kept.get(account.id) ?? null);
  const [asking, setAsking] = useState<{ policy: RatioPolicy; uses: Use[]; mend: boolean } | null>(null);
  const { policy: saved } = account;
  const form = useMemo(() => draft ?? formOf(saved), [draft, saved]);
  const policy = useMemo(() => policyOf(form, saved.mode), [form, saved.mode]);
  const changed = draft !== null && JSON.stringify(policy) !== JSON.stringify(policyOf(formOf(saved), saved.mode));
  const effect = useEffectOf(policy, context);
  const used = useMemo(() => new Set([...(planned ?? []).flatMap((each) => tierOf(each) ?? []), ...(context?.template?.days.flat().map((slot) => slot.tier) ?? []), ...saved.tiers.map((tier) => tier.key), ...account.urlRules.map((rule) => rule.tier)]), [planned, context?.template, saved, account.urlRules]);
  const edit = (next: PolicyForm | null): void => {
    setDraft(next);
    if (next) kept.set(account.id, next);
    else kept.delete(account.id);
  };
  const save = (patch: Partial<InputOf<'accounts.update'>>): void => {
    const before = Object.fromEntries(Object.keys(patch).map((key) => [key, account[key as keyof Account]]));
    update.mutate({ accountId: account.id, ...patch }, { onSuccess: () => toast.done(t('settings.saved'), { run: () => update.mutate({ accountId: account.id, ...before }, { onError: toast.failed }) }), onError: toast.failed });
  };
  const usesOf = (next: RatioPolicy): Use[] => saved.tiers.filter((tier) => !next.tiers.some((each) => each.key === tier.key)).map(({ key }) => ({
    tier: key, posts: (planned ?? []).filter((each) => tierOf(each) === key).length, slots: context?.template?.days.flat().filter((slot) => slot.tier === key).length ?? 0, rules: account.urlRules.filter((rule) => rule.tier === key).length,
  })).filter((use) => use.posts + use.slots + use.rules > 0);
  /** One act, one way back: the repair first, then the rule it was made for. */
  const keep = async (next: RatioPolicy, mend: boolean): Promise<void> => {
    setAsking(null);
    try {
      await rpc.command('accounts.update', { accountId: account.id, policy: next });
      edit(null);
      const repaired = mend ? await rpc.command('planning.repair', { accountId: account.id }) : null;
      const back = async (): Promise<void> => {
        await rpc.command('accounts.update', { accountId: account.id, policy: saved });
        if (repaired) await rpc.command('undo.apply', { undoId: repaired.undoId });
      };
      toast.done(repaired ? t('settings.policySavedRepaired', { what: repairWords(t, repaired) }) : t('settings.policySaved', { ratio: ratioName(next) }), { run: () => void back().catch(toast.failed) });
    } catch (error) {
      toast.failed(error);
    }
  };
  const ask = (mend: boolean): void => {
    if (!policy) return;
    const uses = usesOf(policy);
    if (uses.length > 0) setAsking({ policy, uses, mend });
    else void keep(policy, mend);
  };
  const repairNow = (): void => void rpc.command('planning.repair', { accountId: account.id }).then(({ undoId }) => toast.done(t('calendar.repaired'), { undoId }), toast.failed);
  const { words, total } = ratioOf(form);
  const mendable = effect !== null && effect.exchanges + effect.toTray > 0;
  return (
    <>
      <div className="settings-head"><h1 className="grow">{t('settings.section.ratio')} <span className="quiet">@{account.username}</span></h1></div>
      <section className="card" data-testid="ratio-card">
        <header>
          <div className="grow"><h2>{t('settings.policy')} <span data-testid="ratio-words">{words}</span>{total === null ? '' : <span className="quiet"> · {t('settings.everyRound', { count: total })}</span>}</h2><div className="quiet">{t('settings.policyBody')}</div></div>
        </header>
        <div className="card-form">
          <Group gap="xl">
            <div><div className="field-label">{t('settings.presets')}</div><Group gap={6}>{PRESETS.map((preset) => <Button key={ratioName(preset)} variant="default" data-testid={`preset-${preset.tiers.map((tier) => tier.weight).join('-')}`} onClick={() => edit(formOf(preset))}>{preset.tiers.map((tier) => tier.weight).join(' : ')}</Button>)}</Group></div>
            <div><div className="field-label">{t('settings.mode')}</div><SegmentedControl value={saved.mode} aria-label={t('settings.mode')} onChange={(mode) => save({ policy: { ...saved, mode: mode as RatioMode } })} data={(['enforce', 'warn', 'off'] as const).map((each) => ({ value: each, label: t(`settings.mode_${each}`) }))} /></div>
          </Group>
        </div>
        <TierTable form={form} onChange={edit} onAdd={() => edit(withTier(form, used))} />
        {policy && effect ? <PolicyEffect account={account} policy={policy} effect={effect} asked={changed} /> : null}
        <footer className="card-acts">
          {changed ? <span className="quiet grow" role="status">{t('settings.unsaved')}</span> : <span className="grow" />}
          {!changed && mendable ? <Button variant="default" data-testid="ratio-repair" onClick={repairNow}>{t('settings.repairNow')}</Button> : null}
          {draft !== null ? <Button variant="default" data-testid="ratio-discard" onClick={() => edit(null)}>{t('settings.discard')}</Button> : null}
          {changed && mendable ? <Button variant="default" disabled={!policy} data-testid="ratio-save-repair" onClick={() => ask(true)}>{t('settings.saveRepair')}</Button> : null}
          <Button disabled={!changed || !policy} data-testid="ratio-save" onClick={() => ask(false)}>{t('settings.savePolicy', { ratio: words })}</Button>
        </footer>
      </section>
      <LinkRules account={account} save={save} />
      <Dialog opened={asking !== null} onClose={() => setAsking(null)} title={t('settings.removeTitle', { tiers: (asking?.uses ?? []).map((use) => tierName(saved, use.tier, i18n.language)).join(', ') })}>
        <ul data-testid="tier-uses">
          {(asking?.uses ?? []).map((use) => <li key={use.tier}>{t('settings.tierUsed', { tier: tierName(saved, use.tier, i18n.language), uses: [use.posts > 0 ? t('calendar.count', { count: use.posts }) : '', use.slots > 0 ? t('template.summary', { count: use.slots }) : '', use.rules > 0 ? t('settings.linkRules', { count: use.rules }) : ''].filter((each) => each !== '').join(', ') })}</li>)}
        </ul>
        <p>{asking ? t('settings.removeBody', { base: tierName(asking.policy, asking.policy.base, i18n.language) }) : ''}</p>
        <Group justify="flex-end"><Button variant="default" onClick={() => setAsking(null)}>{t('shell.cancel')}</Button><Button data-testid="remove-tier-confirm" onClick={() => { if (asking) void keep(asking.policy, asking.mend); }}>{t('settings.removeAndSave')}</Button></Group>
      </Dialog>
    </>
  );
}
