import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { useView } from '../../app/viewStore.ts';
import { useRpc } from '../../rpc/hooks.ts';
import { useToast } from '../../ui/useToast.tsx';

/** How long it stands, ms: it asks for something, which takes longer to read than a word of what was done. */
const STANDS_MS = 20_000;
/** Cases said by the notice of each account that still stands: what comes meanwhile is added to it. */
const standing = new Map<string, number>();

function Overdue({ id, accountId, words }: { id: string; accountId: string; words: string }) {
  const { t } = useTranslation();
  const rpc = useRpc();
  const toast = useToast();
  const goAttend = useView((state) => state.goAttend);
  const attend = (): void => {
    notifications.hide(id);
    rpc.command('settings.set', { currentAccountId: accountId }).then(goAttend, toast.failed);
  };
  return (
    <Group justify="space-between" wrap="nowrap">
      <span dir="auto">{words}</span>
      <Button variant="light" color="yellow" className="undo-button" onClick={attend} data-testid="attend-overdue">{t('activity.attend')}</Button>
    </Group>
  );
}

/** One notice for all that went overdue of an account, with the way to them. A warning: the people wait, the program is well. */
export function showOverdue(params: Record<string, string | number | boolean>, words: (code: string, params: Record<string, string | number | boolean>) => string, close: string): void {
  const accountId = String(params['accountId'] ?? '');
  const id = `overdue-${accountId}`;
  const before = standing.get(id) ?? 0;
  const count = before + (typeof params['count'] === 'number' ? params['count'] : 1);
  standing.set(id, count);
  const notice = {
    id, color: 'yellow', role: 'status', autoClose: STANDS_MS, closeButtonProps: { 'aria-label': close }, onClose: () => { standing.delete(id); },
    message: <Overdue id={id} accountId={accountId} words={count === 1 ? words('case_overdue', params) : words('cases_overdue', { ...params, count })} />,
  };
  if (before > 0) notifications.update(notice);
  else notifications.show(notice);
}
