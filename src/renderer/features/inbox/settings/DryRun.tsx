import { IconFlask } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InputOf, OutputOf } from '../../../../shared/contract/index.ts';
import { useRpc } from '../../../rpc/hooks.ts';
import { useFormat } from '../../../ui/format.ts';
import { useToast } from '../../../ui/useToast.tsx';

type Rules = InputOf<'inbox.dryRun'>['rules'];
export type Tried = OutputOf<'inbox.dryRun'>;
export interface DryRun {
  /** What came of the last try; null when nothing was tried, or what was tried has changed since. */
  result: Tried | null;
  busy: boolean;
  run(rules: Rules): void;
  clear(): void;
}

/** Tries rules on the messages of the last 30 days that are kept here; changes nothing. */
export function useDryRun(accountId: string): DryRun {
  const rpc = useRpc();
  const toast = useToast();
  const [result, setResult] = useState<Tried | null>(null);
  const [busy, setBusy] = useState(false);
  const running = useRef<AbortController | null>(null);
  return {
    result, busy,
    run(rules) {
      running.current?.abort();
      const mine = new AbortController();
      running.current = mine;
      setBusy(true);
      rpc.query('inbox.dryRun', { accountId, rules }, mine.signal).then(
        (tried) => { if (running.current === mine) { setResult(tried); setBusy(false); } },
        (error: unknown) => {
          if (running.current !== mine) return;
          setBusy(false);
          toast.failed(error);
        },
      );
    },
    clear() {
      running.current?.abort();
      running.current = null;
      setBusy(false);
      setResult(null);
    },
  };
}

/** How many messages a rule would have taken, with three of them. */
export function Took({ tried, ruleId, off = false }: { tried: Tried; ruleId: string; off?: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const hit = tried.hits.find((each) => each.ruleId === ruleId);
  if (!hit || tried.looked === 0) return null;
  return (
    <div className="dry-took" data-testid="dry-took" data-count={hit.count}>
      <span><IconFlask size={14} stroke={1.75} aria-hidden="true" />{off ? t('inboxSettings.dry.nowOff') : <b>{t('inboxSettings.dry.took', { count: hit.count, looked: format.number(tried.looked) })}</b>}</span>
      {hit.examples.length > 0 ? (
        <ul aria-label={t('inboxSettings.dry.examples')}>
          {hit.examples.map((each, index) => <li key={index} dir="auto"><span className="quiet">@{each.username}</span> {each.text}</li>)}
        </ul>
      ) : null}
    </div>
  );
}
/** What no rule would have taken, or that there was nothing to try on. */
export function TriedOn({ tried }: { tried: Tried }) {
  const { t } = useTranslation();
  const format = useFormat();
  return <p className="dry-none" role="status" data-testid="dry-none">{tried.looked === 0 ? t('inboxSettings.dry.nothing') : tried.none === 0 ? t('inboxSettings.dry.all', { looked: format.number(tried.looked) }) : t('inboxSettings.dry.none', { count: tried.none, looked: format.number(tried.looked) })}</p>;
}
