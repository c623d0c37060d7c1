import { Button, Group, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import { parseAmount } from '../../../shared/domain/amount.ts';
import { PROPOSED_CAP } from '../../../shared/domain/budget.ts';
import { PRICES } from '../../../shared/domain/price.ts';
import { useRpcCommand, useRpcEvent, useRpcQuery } from '../../rpc/hooks.ts';
import { excerptOf, useFormat } from '../../ui/format.ts';
import { useToast } from '../../ui/useToast.tsx';

/** Characters of a first mention. */
const MENTION = 120;
/** A publisher's day: so many posts, so many of them with a link. */
const DAY = { posts: 45, links: 42 };
const MOST_CAP = 100_000;

/** The end of the wizard: whose keys they are, its first mentions, and for a new account the month's cap before anything is spent. */
export function Connected({ account, again, onDone }: { account: Account; /** It was there already: only its keys are new. */ again: boolean; onDone: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const toast = useToast();
  const update = useRpcCommand('accounts.update');
  const [cap, setCap] = useState(String(PROPOSED_CAP));
  const columns = useRpcQuery('columns.list', {}).data;
  const mentions = columns?.find((each) => each.accountId === account.id && each.source.kind === 'mentions');
  const page = useRpcQuery('columns.page', { columnId: mentions?.id ?? '', limit: 5 }, { enabled: mentions !== undefined });
  const { refetch } = page;
  // The first read of a new account comes after its connection.
  useRpcEvent('column.updated', useCallback((event) => {
    if (event.column.id === mentions?.id && !event.column.loading) void refetch();
  }, [mentions?.id, refetch]));
  const posts = (page.data?.rows ?? []).flatMap((row) => (row.row === 'post' ? [row.post] : []));
  const wanted = parseAmount(cap, format.lang);
  const wrong = wanted === undefined || (wanted ?? 0) > MOST_CAP;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (again || wanted === null) return onDone();
    if (!wrong) update.mutate({ accountId: account.id, capUsd: wanted }, { onSuccess: onDone, onError: toast.failed });
    return undefined;
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <strong data-testid="connected">{t(again ? 'accounts.connectedAgain' : 'accounts.connected', { username: account.username })}</strong>
        <h3 style={{ margin: 0 }}>{t('accounts.firstMentions')}</h3>
        {posts.length === 0 ? <p className="quiet" style={{ margin: 0 }}>{t('accounts.noMentions')}</p> : <ul style={{ margin: 0, paddingLeft: 16 }}>{posts.map((post) => <li key={post.id}><b>@{post.author.username}</b> {excerptOf(post.text, MENTION)}</li>)}</ul>}
        {again ? null : (
          <TextInput
            label={t('accounts.cap')} description={t('accounts.capBody', { ...DAY, usd: format.usd(DAY.links * PRICES.publishWithLink + (DAY.posts - DAY.links) * PRICES.publish) })} error={wrong ? t('money.capWrong') : undefined}
            value={cap} inputMode="decimal" maxLength={12} rightSection="USD" rightSectionWidth={44} onChange={(event) => setCap(event.currentTarget.value)} data-testid="wizard-cap" style={{ maxWidth: 420 }}
          />
        )}
        <Group><Button type="submit" disabled={!again && wrong} loading={update.isPending} data-testid="wizard-done">{t(again || wanted === null || wanted === undefined ? 'accounts.toDeck' : 'accounts.capAndDeck', { usd: format.usd(wanted ?? 0) })}</Button></Group>
      </Stack>
    </form>
  );
}
