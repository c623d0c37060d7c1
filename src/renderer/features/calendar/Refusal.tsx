import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { FixData, Placed } from '../../../shared/contract/publications.ts';
import { useRpcQuery } from '../../rpc/hooks.ts';
import { useFormat } from '../../ui/format.ts';
import { useFixWords, useViolationWords } from './words.ts';

export type Refused = Extract<Placed, { result: 'refused' }>;
/** How the user goes on after a refusal. */
export type Way = { fix: FixData } | { override: { reason: string } };

/** A refusal with its reason and its ways out; nothing was changed (DOMAIN §2). */
export function Refusal({ account, refused, onTake, busy, titled = false }: { account: Account; /** What holds it says that it was refused. */ titled?: boolean; refused: Refused; onTake: (way: Way) => void; busy: boolean }) {
  const { t } = useTranslation();
  const format = useFormat(account.zone);
  const publications = useRpcQuery('publications.list', { accountId: account.id, states: ['scheduled', 'retry_wait'] }).data ?? [];
  const violation = useViolationWords(account.policy, format);
  const words = useFixWords(account.policy, format, publications);
  const [excepting, setExcepting] = useState(false);
  const [reason, setReason] = useState('');
  const seen = new Set<string>();
  const violations = refused.violations.map(violation).filter((text) => !seen.has(text) && seen.add(text)).slice(0, 4);
  // What can only be known stands with the reasons; under "you can" there is nothing but acts.
  const facts = refused.fixes.filter((fix) => fix.kind === 'none' || fix.kind === 'addBase');
  const acts = refused.fixes.filter((fix) => fix.kind !== 'none' && fix.kind !== 'addBase');
  return (
    <div role="alert" className="refusal-box" data-testid="refusal">
      {titled ? null : <strong>{t('calendar.refused')}</strong>}
      <ul>{violations.map((text) => <li key={text}>{text}</li>)}{facts.map((fix) => <li key={fix.kind} className="quiet" data-testid={`fix-${fix.kind}`}>{words(fix)}</li>)}</ul>
      {acts.length > 0 ? <p className="quiet">{t('calendar.refusedBody')}</p> : null}
      <Stack gap={4}>
        {acts.map((fix, index) =>
          fix.kind === 'override' ? (
            <div key={index}>
              <Button variant="subtle" color="gray" data-testid="fix-override" aria-expanded={excepting} onClick={() => setExcepting(!excepting)}>{words(fix)}</Button>
              {excepting ? (
                <form onSubmit={(event) => { event.preventDefault(); onTake({ override: { reason } }); }}>
                  <Group align="flex-end" gap="xs"><TextInput className="grow" label={t('calendar.overrideReason')} value={reason} maxLength={300} onChange={(event) => setReason(event.currentTarget.value)} data-testid="override-reason" autoFocus /><Button type="submit" disabled={reason.trim().length < 3} loading={busy}>{words(fix)}</Button></Group>
                </form>
              ) : null}
            </div>
          ) : (
            <Button key={index} variant="light" data-testid={`fix-${fix.kind}`} loading={busy} onClick={() => onTake({ fix })} className="fix" h="auto" mih={28}>{words(fix)}</Button>
          ),
        )}
      </Stack>
    </div>
  );
}
