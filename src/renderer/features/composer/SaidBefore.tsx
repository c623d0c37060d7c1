import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { useView } from '../../app/viewStore.ts';
import { useRpcQuery } from '../../rpc/hooks.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { excerptOf, type Format } from '../../ui/format.ts';
import { compareTexts, type Stretch } from './compareTexts.ts';

type Said = NonNullable<OutputOf<'publications.saidBefore'>>;
/** Asked once the writer rests, ms. */
const REST_MS = 250;

/** When something was said: "hoy, 10:15", "12 nov, 10:15". */
function useSaidWords(format: Format): (said: Said) => string {
  const { t } = useTranslation();
  return (said) => {
    const now = Date.now();
    const when = t('composer.said.when', { day: format.isToday(said.at, now) ? t('composer.said.today') : format.dayMonth(said.at), time: format.time(said.at) });
    if (said.state === 'draft') return t('composer.said.draft', { when });
    if (said.kind === 'reply') return t('composer.said.reply', { when });
    if (said.state === 'posted' || said.state === 'partial') return t('composer.said.posted', { when });
    if (said.state === 'scheduled' || said.state === 'sending' || said.state === 'retry_wait') return t('composer.said.planned', { when });
    return t('composer.said.other', { state: t(`calendar.state.${said.state}`), when });
  };
}

function Side({ title, note, stretches }: { title: string; note: string; stretches: readonly Stretch[] }) {
  return (
    <section>
      <h3>{title} <span className="quiet">{note}</span></h3>
      <p dir="auto">{stretches.map(({ text, same }, i) => (same ? <span key={i}>{text}</span> : <mark key={i}>{text}</mark>))}</p>
    </section>
  );
}

/** Whether the account has said the same, or nearly the same, in 90 days: it warns while one types and never blocks (DOMAIN §3). */
export function SaidBefore({ account, text, ownId, wait, format }: { account: Account; text: string; ownId: string | null; /** Its first save is under way: what is stored of it is not yet known as its own. */ wait: boolean; format: Format }) {
  const { t } = useTranslation();
  const openComposer = useView((state) => state.openComposer);
  const wordsOf = useSaidWords(format);
  const [rested, setRested] = useState(text);
  const [comparing, setComparing] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), REST_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const blank = rested.trim() === '';
  const asked = useRpcQuery('publications.saidBefore', { accountId: account.id, text: rested, exceptId: ownId }, { enabled: !blank && !wait }).data;
  // What was said stays until the next answer: nothing blinks while one types.
  const kept = useRef<Said | null>(null);
  if (asked !== undefined || blank) kept.current = blank ? null : (asked ?? null);
  const said = kept.current;
  const sides = useMemo(() => (comparing && said ? compareTexts(text, said.text) : null), [comparing, said, text]);
  if (!said) return null;
  const what = wordsOf(said);
  const { id, remoteId } = said;
  const repost = remoteId === null ? null : () => {
    setComparing(false);
    openComposer({ kind: 'new', accountId: account.id, as: { kind: 'repost', target: { id: remoteId, username: account.username }, excerpt: excerptOf(said.text) } });
  };
  const open = id === null || remoteId !== null ? null : () => {
    setComparing(false);
    openComposer({ kind: 'edit', id });
  };
  return (
    <div className="composer-said" role="status" data-testid="said-before" data-percent={said.percent}>
      <IconHistory size={15} stroke={1.75} aria-hidden="true" />
      <p>
        <b>{t('composer.said.title')}</b> {said.percent === 100 ? t('composer.said.same', { what }) : t('composer.said.near', { percent: said.percent, what })}
        {' · '}<button type="button" className="link-button" data-testid="said-compare" onClick={() => setComparing(true)}>{t('composer.said.compare')}</button>
        {repost ? <>{' · '}<button type="button" className="link-button" data-testid="said-repost" onClick={repost}>{t('composer.said.repost')}</button></> : null}
        {open ? <>{' · '}<button type="button" className="link-button" data-testid="said-open" onClick={open}>{t('composer.said.open')}</button></> : null}
      </p>
      <Dialog opened={sides !== null} onClose={() => setComparing(false)} title={said.percent === 100 ? t('composer.said.same', { what }) : t('composer.said.near', { percent: said.percent, what })} size={760}>
        {sides ? (
          <div data-testid="said-sides">
            <div className="said-sides">
              <Side title={t('composer.said.here')} note="" stretches={sides[0]} />
              <Side title={t('composer.said.there')} note={what} stretches={sides[1]} />
            </div>
            <p className="quiet">{t('composer.said.refuses')}</p>
            <div className="said-acts">
              <Button variant="default" onClick={() => setComparing(false)}>{t('composer.said.goOn')}</Button>
              {open ? <Button variant="default" onClick={open}>{t('composer.said.open')}</Button> : null}
              {repost ? <Button onClick={repost}>{t('composer.said.repost')}</Button> : null}
            </div>
          </div>
        ) : null}
      </Dialog>
    </div>
  );
}
