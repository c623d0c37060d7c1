import { Button, Checkbox, Group, Stack } from '@mantine/core';
import { IconCalendarOff, IconFeather } from '@tabler/icons-react';
import { useState } from 'react';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { useRpcCommand, useRpcQuery } from '../../rpc/hooks.ts';
import { EmptyState, ErrorNote, TierBadge } from '../../ui/bits.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { useErrorWords, useToast } from '../../ui/useToast.tsx';
import type { Kit } from './kit.ts';

type Preview = OutputOf<'planning.fillPreview'>;
type Row = Preview['rows'][number];

/** How many of each tier, with its letter. */
function Counts({ kit, of }: { kit: Kit; of: readonly { tier: string; count: number }[] }) {
  return <>{kit.policy.tiers.map(({ key }) => {
    const count = of.filter((each) => each.tier === key).reduce((sum, each) => sum + each.count, 0);
    return count === 0 ? null : <span key={key} className="tier-sum"><TierBadge policy={kit.policy} tier={key} /> {kit.format.number(count)}</span>;
  })}</>;
}
const ones = (rows: readonly { tier: string }[]): { tier: string; count: number }[] => rows.map(({ tier }) => ({ tier, count: 1 }));

function Take({ kit, text, checked, onChange }: { kit: Kit; text: string; checked: boolean; onChange: () => void }) {
  return <Checkbox size="xs" aria-label={`${kit.t('calendar.fill.take')}: ${text.slice(0, 60)}`} checked={checked} onChange={onChange} data-testid="fill-take" />;
}

/** One day: what would go where. */
function FilledDay({ kit, day, rows, free, onLeave }: { kit: Kit; day: string; rows: readonly Row[]; free: Preview['free']; onLeave: (id: string) => void }) {
  const { t, format } = kit;
  return (
    <tbody data-testid="fill-day" data-day={day}>
      <tr className="fill-head"><th scope="rowgroup" colSpan={5}>{format.dayOf(day)} <Counts kit={kit} of={ones(rows)} />{free.length > 0 ? <span className="quiet"> · {t('calendar.fill.free')}: {free.map((each) => `${kit.letter(each.tier)} ${format.number(each.count)}`).join(' · ')}</span> : null}</th></tr>
      {rows.map((row) => (
        <tr key={row.id} data-testid="fill-row">
          <td><Take kit={kit} text={row.text} checked onChange={() => onLeave(row.id)} /></td><td className="nowrap">{row.wall.slice(11)}</td><td><TierBadge policy={kit.policy} tier={row.tier} /></td>
          <td className="quiet">{row.theme}</td><td className="anywhere">{row.text.replace(/\s+/g, ' ').slice(0, 120)}</td>
        </tr>
      ))}
    </tbody>
  );
}

/** What filling these days from the template would place where, and what stays out and why, before anything is planned; one act, one undo (DOMAIN §3, fill). */
export function FillDialog({ account, kit, from, to, span, onClose }: { account: Account; kit: Kit; from: string; to: string; span: string; onClose: () => void }) {
  const { t, format } = kit;
  const toast = useToast();
  const words = useErrorWords();
  const [leave, setLeave] = useState<readonly string[]>([]);
  const input = { accountId: account.id, from, to, leave: [...leave] };
  const asked = useRpcQuery('planning.fillPreview', input);
  // What was seen stays while the next answer is on its way: a tick must not make the list jump.
  const [kept, setKept] = useState<Preview | undefined>(undefined);
  if (asked.data && asked.data !== kept) setKept(asked.data);
  const preview = asked.data ?? kept;
  const fill = useRpcCommand('planning.fill');
  const carry = (): void => fill.mutate(input, {
    onSuccess: ({ placed, undoId }) => {
      toast.done(t('calendar.fill.done', { count: placed }), { undoId });
      onClose();
    },
    onError: toast.failed,
  });
  const why = ({ reason }: Preview['left'][number]): string => {
    const { wall } = reason.params;
    return kit.reason({ code: reason.code, params: { ...reason.params, ...(typeof wall === 'string' ? { wall: wall.replace('T', ' ') } : {}) } });
  };
  const days = preview ? [...new Set([...preview.rows.map((row) => row.wall.slice(0, 10)), ...preview.free.map((each) => each.day)])].sort() : [];
  const nothing = preview && preview.rows.length === 0;
  return (
    <Dialog opened onClose={onClose} title={t('calendar.fill.title', { span })} size="xl">
      <Stack gap="sm" data-testid="fill">
        {asked.error ? <ErrorNote>{words(asked.error)}</ErrorNote> : null}
        {preview?.slots === 0 ? <EmptyState icon={IconCalendarOff} title={t('calendar.fill.noSlots')} body={t('calendar.fill.noSlotsBody')} /> : null}
        {preview && preview.slots > 0 && preview.rows.length + preview.left.length === 0 ? <EmptyState icon={IconFeather} title={t('calendar.fill.noDrafts')} body={t('calendar.fill.noDraftsBody', { count: preview.slots })} /> : null}
        {preview && preview.slots > 0 && preview.rows.length + preview.left.length > 0 ? (
          <>
            <p className="fill-says" aria-live="polite" data-testid="fill-summary">{nothing ? t('calendar.fill.nothing') : t('calendar.fill.intro', { count: preview.slots })} <Counts kit={kit} of={ones(preview.rows)} /></p>
            {nothing ? null : (
              <div className="dialog-table" tabIndex={0} role="region" aria-label={t('calendar.fill.title', { span })}>
                <table className="plain fill-table">
                  <thead><tr><th>{t('calendar.fill.take')}</th><th>{t('calendar.fill.time')}</th><th>{t('bulk.tier')}</th><th>{t('calendar.fill.theme')}</th><th>{t('calendar.fill.text')}</th></tr></thead>
                  {days.map((day) => <FilledDay key={day} kit={kit} day={day} rows={preview.rows.filter((row) => row.wall.startsWith(day))} free={preview.free.filter((each) => each.day === day)} onLeave={(id) => setLeave([...leave, id])} />)}
                </table>
              </div>
            )}
            {preview.left.length > 0 ? (
              <section aria-label={t('calendar.fill.left')}>
                <h3>{t('calendar.fill.left')} <span className="quiet">{format.number(preview.left.length)}</span></h3>
                <div className="dialog-table fill-left" tabIndex={0} role="region" aria-label={t('calendar.fill.left')}>
                  <table className="plain"><tbody>
                    {preview.left.map((each) => (
                      <tr key={each.id} data-testid="fill-left" data-code={each.reason.code}>
                        <td>{each.reason.code === 'left_out' ? <Take kit={kit} text={each.text} checked={false} onChange={() => setLeave(leave.filter((id) => id !== each.id))} /> : null}</td>
                        <td><TierBadge policy={kit.policy} tier={each.tier} hollow /></td><td className="anywhere">{each.text.replace(/\s+/g, ' ').slice(0, 120) || t('calendar.noText')}</td><td className="quiet">{why(each)}</td>
                      </tr>
                    ))}
                  </tbody></table>
                </div>
              </section>
            ) : null}
          </>
        ) : null}
        <Group justify="flex-end"><Button variant="default" onClick={onClose}>{t('shell.cancel')}</Button>{preview && !nothing ? <Button loading={fill.isPending} disabled={asked.data === undefined} onClick={carry} data-testid="fill-do">{t('calendar.fill.act', { count: preview.rows.length, usd: format.usd(preview.usd) })}</Button> : null}</Group>
      </Stack>
    </Dialog>
  );
}
