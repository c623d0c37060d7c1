import '../../styles/notices.css';
import { Button, SegmentedControl, Switch } from '@mantine/core';
import { IconBell, IconInfoCircle } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isNetworkSource } from '../../../shared/contract/columns.ts';
import type { NoticeSettings, Settings } from '../../../shared/contract/host.ts';
import { NOTICE_KINDS, NOTICE_SOUNDS } from '../../../shared/domain/notices.ts';
import type { QuietHours } from '../../../shared/domain/quietHours.ts';
import { useRpcCommand, useRpcQuery } from '../../rpc/hooks.ts';
import { TimeInput } from '../../ui/DateTimeInput.tsx';
import { useAccounts } from '../../ui/useAccounts.ts';
import { useToast } from '../../ui/useToast.tsx';

const FIRST_QUIET: QuietHours = { from: '22:00', to: '08:00' };

/** One thing to switch: what it is, why it comes, and its switch at the right. */
function Row({ label, why, testid, on, disabled = false, onChange }: { label: string; why?: string; testid: string; on: boolean; disabled?: boolean; onChange: (on: boolean) => void }) {
  return (
    <div className="notice-row">
      <Switch label={label} description={why} labelPosition="left" checked={on} disabled={disabled} onChange={(event) => onChange(event.currentTarget.checked)} data-testid={testid} />
    </div>
  );
}

/** New posts: a switch for each column. */
function Columns() {
  const { t } = useTranslation();
  const toast = useToast();
  const set = useRpcCommand('columns.setAlerts');
  const { accounts } = useAccounts();
  const columns = (useRpcQuery('columns.list', {}).data ?? []).filter((column) => isNetworkSource(column.source));
  const nameOf = (column: (typeof columns)[number]): string => (column.source.kind === 'search' || column.source.kind === 'local' ? `«${column.source.query}»` : t(`deck.${column.source.kind}`));
  if (columns.length === 0) return <p className="quiet notice-none">{t('settings.notices.noColumns')}</p>;
  return columns.map((column) => (
    <Row key={column.id} label={nameOf(column)} why={`@${accounts.find((each) => each.id === column.accountId)?.username ?? ''}`} testid={`notice-column-${column.source.kind}`} on={column.alerts.notice}
      onChange={(notice) => set.mutate({ columnId: column.id, alerts: { notice } }, { onError: toast.failed })} />
  ));
}

/** From when to when nothing is told. What cannot be kept is said, and stays where it was written. */
function Quiet({ quiet, zone, onChange }: { quiet: QuietHours | null; zone: string; onChange: (quiet: QuietHours | null) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(quiet ?? FIRST_QUIET);
  const same = typed.from === typed.to;
  const put = (patch: Partial<QuietHours>): void => {
    const next = { ...typed, ...patch };
    setTyped(next);
    if (next.from !== '' && next.to !== '' && next.from !== next.to) onChange(next);
  };
  return (
    <>
      <Row label={t('settings.notices.quiet')} why={t('settings.notices.quietWhy', { zone })} testid="notice-quiet" on={quiet !== null} onChange={(on) => onChange(on ? (same ? FIRST_QUIET : typed) : null)} />
      {quiet === null ? null : (
        <div className="notice-times">
          <TimeInput label={t('settings.notices.from')} value={typed.from} onChange={(from) => put({ from })} w={120} data-testid="notice-from" />
          <TimeInput label={t('settings.notices.to')} value={typed.to} onChange={(to) => put({ to })} w={120} data-testid="notice-to" />
          {same ? <p className="field-wrong" role="alert">{t('settings.notices.quietSame')}</p> : null}
        </div>
      )}
    </>
  );
}

function Card({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <section className="card notices-card">
      <header><h2>{title}</h2>{hint === undefined ? null : <p className="quiet">{hint}</p>}</header>
      {children}
    </section>
  );
}

/** What tells, when it is heard, when it is quiet, and whether this host can show it. Every change is kept at once. */
export function Notices({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const toast = useToast();
  const set = useRpcCommand('settings.set');
  const test = useRpcCommand('notices.test');
  const host = useRpcQuery('host.info', {}).data;
  const { notices } = settings;
  const save = (patch: Partial<Settings>): void => set.mutate(patch, { onError: toast.failed });
  // Two switches in one breath: the second goes on from the first, whatever core has answered by then.
  const latest = useRef(notices);
  useEffect(() => { if (!set.isPending) latest.current = notices; }, [notices, set.isPending]);
  const put = (patch: (now: NoticeSettings) => Partial<NoticeSettings>): void => {
    latest.current = { ...latest.current, ...patch(latest.current) };
    save({ notices: latest.current });
  };
  const native = host?.capabilities.notifications === 'native';
  return (
    <>
      <div className="settings-head">
        <h1 className="grow">{t('settings.section.notices')}</h1>
        <Button variant="default" leftSection={<IconBell size={15} stroke={1.75} />} loading={test.isPending} onClick={() => test.mutate({}, { onError: toast.failed })} data-testid="notice-test">{t('settings.notices.test')}</Button>
      </div>
      {host ? <p className="notice-host" role="status" data-testid="notice-host"><IconInfoCircle size={15} stroke={1.75} aria-hidden="true" />{test.data ? t(`settings.notices.shown.${test.data.shown}`) : null} {test.data && native ? null : t(`settings.notices.testHint.${native ? 'native' : 'none'}`)}</p> : null}
      <Card title={t('settings.notices.what')} hint={t('settings.notices.whatHint')}>
        {NOTICE_KINDS.map((kind) => <Row key={kind} label={t(`settings.notices.kinds.${kind}`)} why={t(`settings.notices.why.${kind}`)} testid={`notice-${kind}`} on={notices.kinds[kind]} onChange={(on) => put((now) => ({ kinds: { ...now.kinds, [kind]: on } }))} />)}
        {native ? <Row label={t('settings.notices.system')} why={t('settings.notices.systemWhy')} testid="notice-system" on={settings.notifications} onChange={(notifications) => save({ notifications })} /> : null}
      </Card>
      <Card title={t('settings.notices.columns')} hint={t('settings.notices.columnsHint')}><Columns /></Card>
      <Card title={t('settings.notices.how')}>
        <div className="notice-row">
          <span className="notice-label" id="notice-sound">{t('settings.notices.sound')}</span>
          <SegmentedControl aria-labelledby="notice-sound" value={notices.sound} onChange={(sound) => put(() => ({ sound: NOTICE_SOUNDS.find((each) => each === sound) ?? 'never' }))} data={NOTICE_SOUNDS.map((each) => ({ value: each, label: t(`settings.notices.sounds.${each}`) }))} data-testid="notice-sounds" />
        </div>
        <Quiet quiet={notices.quiet} zone={host?.zone ?? ''} onChange={(quiet) => put(() => ({ quiet }))} />
      </Card>
    </>
  );
}
