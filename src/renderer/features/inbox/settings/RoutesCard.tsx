import { ActionIcon, Button } from '@mantine/core';
import { IconDirections, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../../shared/contract/accounts.ts';
import type { RouteView } from '../../../../shared/contract/inbox.ts';
import { useKeyOf } from '../../../hotkeys/Key.tsx';
import { useRpc, useRpcCommand, useRpcQuery } from '../../../rpc/hooks.ts';
import { EmptyState } from '../../../ui/bits.tsx';
import { useToast } from '../../../ui/useToast.tsx';
import { usePreviewPerson } from './ReplyField.tsx';
import { RouteForm } from './RouteForm.tsx';
import { focusSoon, useKept } from './useKept.ts';

const NEW = 'new';

/** Where requests for help go (DOMAIN §6, routes): listed, added, changed, deleted with a way back. */
export function RoutesCard({ account }: { account: Account }) {
  const { t } = useTranslation();
  const keyOf = useKeyOf();
  const rpc = useRpc();
  const toast = useToast();
  const accountId = account.id;
  const routes = useRpcQuery('inbox.routes', { accountId }).data;
  const save = useRpcCommand('inbox.saveRoute');
  const person = usePreviewPerson(account);
  const { value: editing, set: setEditing } = useKept<string | null>(`${accountId} routes`, null);
  if (!routes) return null;
  const close = (): void => {
    setEditing(null);
    focusSoon(editing === null || editing === NEW ? 'route-add' : `route-edit-${editing}`);
  };
  const keep = (route: RouteView | null) => async (fields: Omit<RouteView, 'id'>): Promise<boolean> => {
    try {
      const { id } = await save.mutateAsync({ accountId, ...(route ? { id: route.id } : {}), ...fields });
      close();
      toast.done(t('inboxSettings.routes.saved', { name: fields.name }), { run: () => (route ? rpc.command('inbox.saveRoute', { accountId, ...route }) : rpc.command('inbox.deleteRoute', { accountId, id })) });
      return true;
    } catch (error) {
      toast.failed(error);
      return false;
    }
  };
  const remove = ({ id, name }: RouteView): void => {
    rpc.command('inbox.deleteRoute', { accountId, id }).then(({ undoId }) => { focusSoon('route-add'); toast.done(t('inboxSettings.routes.removed', { name }), { undoId }); }, toast.failed);
  };
  const form = (route: RouteView | null) => <RouteForm account={account} route={route} person={person} busy={save.isPending} onSave={keep(route)} onClose={close} />;
  return (
    <section className="card" data-testid="routes-card">
      <header>
        <div className="grow"><h2>{t('inboxSettings.routes.title')}</h2><div className="quiet">{t('inboxSettings.routes.hint', { key: keyOf('d') })}</div></div>
        <Button id="route-add" variant="default" leftSection={<IconPlus size={14} stroke={1.75} />} disabled={editing === NEW} data-testid="route-add" onClick={() => setEditing(NEW)}>{t('inboxSettings.routes.add')}</Button>
      </header>
      {routes.length === 0 && editing !== NEW ? <EmptyState icon={IconDirections} title={t('inboxSettings.routes.none')} body={t('inboxSettings.routes.noneBody')}><Button onClick={() => setEditing(NEW)}>{t('inboxSettings.routes.add')}</Button></EmptyState> : null}
      {editing === NEW ? form(null) : null}
      {routes.length > 0 ? (
        <table className="plain kept-table routes-table">
          <thead><tr><th>{t('inboxSettings.name')}</th><th>{t('inboxSettings.routes.url')}</th><th>{t('inboxSettings.routes.phone')}</th><th>{t('inboxSettings.routes.hours')}</th><th>{t('inboxSettings.routes.replies')}</th><th aria-label={t('inboxSettings.edit')} /></tr></thead>
          <tbody>
            {routes.map((route) => (editing === route.id ? <tr key={route.id}><td colSpan={6} className="form-cell">{form(route)}</td></tr> : (
              <tr key={route.id} data-testid="route-row">
                <td><b>{route.name}</b></td><td><span className="clip" title={route.url}>{route.url}</span></td><td className="nowrap">{route.phone}</td><td><span className="clip" title={route.hours}>{route.hours}</span></td>
                <td className="nowrap">{(['es', 'en'] as const).filter((lang) => route.replies[lang] !== '').map((lang) => <span key={lang} className="tag">{t(`inboxSettings.replies.${lang}`)}</span>)}{route.replies.es === '' && route.replies.en === '' ? <span className="tag warn">{t('inboxSettings.routes.noReply')}</span> : null}</td>
                <td>
                  <ActionIcon id={`route-edit-${route.id}`} size={24} aria-label={`${t('inboxSettings.edit')}: ${route.name}`} title={t('inboxSettings.edit')} data-testid="route-edit" onClick={() => setEditing(route.id)}><IconPencil size={15} stroke={1.75} /></ActionIcon>
                  <ActionIcon size={24} aria-label={`${t('inboxSettings.remove')}: ${route.name}`} title={t('inboxSettings.remove')} data-testid="route-remove" onClick={() => remove(route)}><IconTrash size={15} stroke={1.75} /></ActionIcon>
                </td>
              </tr>
            )))}
          </tbody>
        </table>
      ) : null}
    </section>
  );
}
