import { Button, Checkbox } from '@mantine/core';
import { IconAt, IconInbox } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Key } from '../../hotkeys/Key.tsx';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { CaseView, RouteView } from '../../../shared/contract/inbox.ts';
import type { CaseKind } from '../../../shared/domain/inbox.ts';
import { firstName, variableName } from '../../../shared/domain/savedReply.ts';
import { DEFAULT_OFFICE } from '../../../shared/domain/responseClock.ts';
import { dayOf, dayRange } from '../../../shared/domain/time.ts';
import { useView } from '../../app/viewStore.ts';
import { usePaletteActs } from '../../app/paletteStore.ts';
import { awaitField, enterField, useKeys } from '../../hotkeys/keys.ts';
import { useRpc, useRpcQuery } from '../../rpc/hooks.ts';
import { EmptyState } from '../../ui/bits.tsx';
import { useOpen } from '../../ui/ExternalLink.tsx';
import { useFormat } from '../../ui/format.ts';
import { OnPage } from '../../ui/OnPage.tsx';
import { useAccounts } from '../../ui/useAccounts.ts';
import { useNow } from '../../ui/useNow.ts';
import { useToast } from '../../ui/useToast.tsx';
import { CaseList } from './CaseList.tsx';
import { Conversation } from './Conversation.tsx';
import { InboxPills, type Shown } from './InboxPills.tsx';
import { LabelPopover, RouteMenu, SnoozeMenu } from './Menus.tsx';
import { PersonPane } from './PersonPane.tsx';
import { ReplyBox } from './ReplyBox.tsx';
import { type Act, useCaseActs } from './useCaseActs.ts';

const MOST = 300;
/** The palette returns the focus within 10 ms of closing. */
const PALETTE_RETURNS_MS = 30;

/** Cases of the account in the bar: list, conversation, person (LOOK 07). */
export function InboxScreen() {
  const { current } = useAccounts();
  return current ? <Inbox key={current.id} account={current} /> : null;
}

function Inbox({ account }: { account: Account }) {
  const { t } = useTranslation();
  const rpc = useRpc();
  const toast = useToast();
  const open = useOpen();
  const format = useFormat(account.zone);
  const now = useNow();
  const goSettings = useView((state) => state.goSettings);
  const go = useView((state) => state.go);
  const [shown, setShown] = useState<Shown>('attend');
  const [kind, setKind] = useState<CaseKind | null>(null);
  const [label, setLabel] = useState<string | null>(null);
  const [wantedId, setSelected] = useState<string | null>(null);
  const offline = (useRpcQuery('sync.status', {}).data?.offlineSince ?? null) !== null;
  const wanted = useView((state) => state.caseWanted);
  useEffect(() => {
    if (wanted === null) return;
    setSelected(wanted);
    useView.setState({ caseWanted: null });
  }, [wanted]);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const attendWanted = useView((state) => state.attendWanted);
  useEffect(() => {
    if (!attendWanted) return;
    setShown('attend');
    setKind(null);
    setLabel(null);
    setSelected(null);
    setChosen(new Set());
    useView.setState({ attendWanted: false });
  }, [attendWanted]);
  const acts = useCaseActs((id) => setSelected(id));
  const [menu, setMenu] = useState<'snooze' | 'label' | 'route' | null>(null);
  const [limit, setLimit] = useState(MOST);
  const field = useRef<HTMLTextAreaElement>(null);
  const list = useRpcQuery('inbox.list', { accountId: account.id, view: shown, limit, ...(kind ? { kind } : {}), ...(label ? { label } : {}) }).data;
  const routes = useRpcQuery('inbox.routes', { accountId: account.id }).data ?? [];
  const replies = useRpcQuery('inbox.replies', { accountId: account.id }).data ?? [];
  const office = useRpcQuery('inbox.settings', { accountId: account.id }).data?.office ?? DEFAULT_OFFICE;
  const endOfDay = dayRange(dayOf(now, account.zone), account.zone).end;
  // The order of the screen: by clock, as the list groups it.
  const cases = useMemo(() => list?.cases ?? [], [list]);
  const at = cases.findIndex((row) => row.id === wantedId);
  // What is looked at stays until the user goes on, also when it has left the list.
  const selectedId = wantedId ?? cases[0]?.id ?? null;
  const whole = useRpcQuery('inbox.case', { caseId: selectedId ?? '' }, { enabled: selectedId !== null }).data;
  const row: CaseView | null = whole?.case.id === selectedId ? whole.case : null;
  // The one that comes next is read ahead: it stands at once, and what is typed on it goes nowhere else.
  const following = cases[at < 0 ? 1 : at + 1]?.id ?? null;
  useRpcQuery('inbox.case', { caseId: following ?? '' }, { enabled: following !== null });
  /** R was pressed before its case was there. */
  const answering = useRef(false);
  useEffect(() => {
    if (row === null || !answering.current) return;
    answering.current = false;
    enterField(field.current);
  }, [row]);
  useEffect(() => {
    if (row?.state === 'new' && wantedId !== null) void acts.act([row.id], { type: 'open' });
    // Only looking at another one opens it.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [row?.id, wantedId]);

  const picked = cases.filter((each) => chosen.has(each.id)).map((each) => each.id);
  const many = picked.length > 0;
  const subject: readonly string[] = many ? picked : row ? [row.id] : [];
  const step = (by: 1 | -1): void => {
    const next = cases[Math.min(cases.length - 1, Math.max(0, (at < 0 ? 0 : at) + (at < 0 && by > 0 && wantedId === null ? 1 : by)))];
    if (next) setSelected(next.id);
  };
  /** Acts that take a case out of what is shown go on to the next one. */
  const act = (what: Act): void => {
    const leaves = what.type === 'done' || what.type === 'snooze' || what.type === 'mute' || what.type === 'wait' || what.type === 'reopen' || what.type === 'unmute';
    const rest = cases.filter((each) => !subject.includes(each.id));
    const following = cases.slice(Math.max(0, at)).find((each) => !subject.includes(each.id)) ?? rest.at(-1);
    // At once: what is pressed or typed next is for the next one, whatever the answer takes.
    const moves = leaves && row !== null && subject.includes(row.id);
    if (moves) setSelected(following?.id ?? null);
    void acts.act(subject, what, subject.length === 1 && row !== null && row.id === subject[0] ? row.person.name || row.person.username : '').then((went) => {
      setChosen(new Set());
      if (moves && !went) setSelected(row.id);
    });
  };
  const route = (chosenRoute: RouteView): void => {
    if (!row) return;
    next();
    void acts.route(row, chosenRoute, offline).then((went) => { if (!went) setSelected(row.id); });
  };
  const next = (): void => setSelected(cases.slice(Math.max(0, at)).find((each) => each.id !== row?.id)?.id ?? null);
  /** An answer that may serve again: without the handles it was addressed to, the person's name as a variable. */
  const keep = (text: string, lang: string | null): void => {
    const said = text.replace(/^(?:\s*@\w{1,20})+\s*/, '');
    const name = firstName(row?.person.name ?? '');
    const template = name.length > 1 ? said.replaceAll(name, `{${variableName('name', format.lang)}|${lang === 'en' ? 'there' : 'qué tal'}}`) : said;
    rpc.command('inbox.saveReply', { accountId: account.id, title: said.replace(/\s+/g, ' ').slice(0, 40).trim(), lang: lang === 'en' ? 'en' : 'es', text: template })
      .then(() => toast.done(t('inbox.keptReply')), toast.failed);
  };
  const keepNote = (caseId: string, note: string): Promise<unknown> => rpc.command('inbox.note', { caseId, note }).catch((error: unknown) => {
    toast.failed(error);
    throw error;
  });
  const choose = (id: string, on: boolean): void => setChosen(new Set(on ? [...chosen, id] : [...chosen].filter((each) => each !== id)));
  const has = (run: () => void) => (): boolean => {
    if (subject.length === 0) return false;
    run();
    return true;
  };
  useKeys({
    j: () => step(1), k: () => step(-1),
    e: has(() => act({ type: 'done' })), z: has(() => setMenu('snooze')), '#': has(() => setMenu('label')), d: has(() => { if (row && !many) setMenu('route'); }),
    '!': has(() => act({ type: 'high', high: !(row?.high ?? false) })), u: has(() => act({ type: row?.state === 'muted' ? 'unmute' : 'mute' })),
    r: () => {
      if (row !== null) field.current?.focus();
      else {
        answering.current = selectedId !== null;
        if (answering.current) awaitField();
      }
      return row !== null || answering.current;
    }, x: () => { if (selectedId !== null) choose(selectedId, !chosen.has(selectedId)); },
    o: has(() => { const last = whole?.messages.findLast((each) => each.direction === 'in'); if (last && account.network !== 'practice') open(last.post.url); }),
    Escape: () => {
      if (menu !== null) {
        setMenu(null);
        return true;
      }
      if (chosen.size === 0 || document.activeElement?.closest('.dock')) return false;
      setChosen(new Set());
      return true;
    },
  });
  // The palette gives the focus back to where it was a moment after it closes: a menu of it opens then, and keeps it.
  const openSoon = (what: 'snooze' | 'label' | 'route') => (): void => void setTimeout(() => setMenu(what), PALETTE_RETURNS_MS);
  usePaletteActs(row === null ? [] : [
    { id: 'done', label: t('inbox.done'), keys: 'E', run: () => act({ type: 'done' }) },
    { id: 'snooze', label: t('inbox.snooze'), keys: 'Z', run: openSoon('snooze') },
    { id: 'label', label: t('inbox.label'), keys: '#', run: openSoon('label') },
    { id: 'high', label: t('inbox.event.high'), keys: '!', run: () => act({ type: 'high', high: !row.high }) },
    ...(many ? [] : [{ id: 'route', label: t('inbox.route'), keys: 'D', run: openSoon('route') }]),
    { id: 'mute', label: t(row.state === 'muted' ? 'inbox.unmute' : 'inbox.mute'), keys: 'U', run: () => act({ type: row.state === 'muted' ? 'unmute' : 'mute' }) },
    { id: 'reply', label: t('deck.reply'), keys: 'R', run: () => field.current?.focus() },
  ]);
  const show = (to: Shown): void => {
    setShown(to);
    setSelected(null);
    setChosen(new Set());
  };
  const narrowed = kind !== null || label !== null;
  return (
    <div className="inbox" data-testid="inbox">
      <div className="inbox-left">
        <InboxPills list={list} shown={shown} kind={kind} label={label} format={format} onShow={show} onKind={setKind} onLabel={setLabel} onSettings={() => goSettings('inbox')} />
        {many ? (
          <div className="inbox-bulk" data-testid="bulk">
            <Checkbox size="xs" checked label={t('inbox.chosen', { count: picked.length })} title={t('inbox.chooseNone')} onChange={() => setChosen(new Set())} /><span className="grow" />
            <Button variant="default" size="compact-xs" rightSection={<Key of="e" />} onClick={() => act({ type: 'done' })}>{t('inbox.done')}</Button>
            <SnoozeMenu size="compact-xs" opened={menu === 'snooze'} onChange={(opened) => setMenu(opened ? 'snooze' : null)} now={now} zone={account.zone} office={office} format={format} onSnooze={(until) => act({ type: 'snooze', until })} />
            <LabelPopover opened={menu === 'label'} onChange={(opened) => setMenu(opened ? 'label' : null)} known={list?.labels ?? []} on={[]} onLabel={(word) => act({ type: 'label', label: word, on: true })} />
          </div>
        ) : null}
        {list && cases.length === 0 ? (
          <EmptyState icon={shown === 'attend' ? IconInbox : IconAt} title={narrowed ? t('inbox.emptyNarrow') : t(`inbox.empty.${shown}`)} body={narrowed ? t('inbox.emptyNarrowBody') : t(`inbox.emptyBody.${shown}`)}>
            {narrowed ? <Button variant="default" onClick={() => { setKind(null); setLabel(null); }}>{t('inbox.clearFilter')}</Button> : shown === 'attend' ? <Button variant="default" onClick={() => go('deck')}>{t('shell.goMentions')}</Button> : <Button variant="default" onClick={() => show('attend')}>{t('inbox.view.attend')}</Button>}
          </EmptyState>
        ) : <CaseList cases={cases} selectedId={selectedId} chosen={chosen} now={now} endOfDay={endOfDay} format={format} onSelect={setSelected} onChoose={choose} />}
        {list?.more ? <Button variant="subtle" size="compact-xs" onClick={() => setLimit(limit + MOST)} disabled={limit >= 1000}>{t('inbox.showMore')}</Button> : null}
      </div>
      {whole && row ? (
        <>
          <Conversation
            account={account} whole={whole} format={format} now={now} onAct={act} onLabel={() => setMenu('label')} onKeep={keep}
            menus={many ? null : (
              <>
                <SnoozeMenu opened={menu === 'snooze'} onChange={(opened) => setMenu(opened ? 'snooze' : null)} now={now} zone={account.zone} office={office} format={format} onSnooze={(until) => act({ type: 'snooze', until })} />
                <RouteMenu caseId={row.id} opened={menu === 'route'} onChange={(opened) => setMenu(opened ? 'route' : null)} routes={routes} onRoute={route} onEdit={() => goSettings('inbox')} />
                <LabelPopover anchor opened={menu === 'label'} onChange={(opened) => setMenu(opened ? 'label' : null)} known={list?.labels ?? []} on={row.labels} onLabel={(word, on) => act({ type: 'label', label: word, on })} />
              </>
            )}
          >
            {row.state === 'muted' ? null : <ReplyBox key={row.id} account={account} row={row} draft={whole.draft} target={whole.messages.findLast((each) => each.direction === 'in')?.post.id ?? null} replies={replies} routes={routes} acts={acts} field={field} format={format} onSent={next} onKept={next} onRefused={() => setSelected(row.id)} />}
          </Conversation>
          <OnPage part="person" />
          <PersonPane key={row.id} account={account} person={whole.person} caseNote={row.note} format={format} now={now} onNote={(note) => keepNote(row.id, note)} onOpen={setSelected} />
        </>
      ) : <section className="conversation empty">{cases.length > 0 ? null : <EmptyState icon={IconInbox} title={t('inbox.nothingOpen')} />}</section>}
    </div>
  );
}
