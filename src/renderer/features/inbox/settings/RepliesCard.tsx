import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconMessageCircle, IconPencil, IconPlus, IconSearch, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../../shared/contract/accounts.ts';
import type { SavedReply } from '../../../../shared/contract/inbox.ts';
import { folded } from '../../../../shared/domain/inboxRules.ts';
import { useRpc, useRpcCommand, useRpcQuery } from '../../../rpc/hooks.ts';
import { EmptyState } from '../../../ui/bits.tsx';
import { useFormat } from '../../../ui/format.ts';
import { useToast } from '../../../ui/useToast.tsx';
import { usePreviewPerson } from './ReplyField.tsx';
import { type ReplyFields, SavedReplyForm } from './SavedReplyForm.tsx';
import { focusSoon, useKept } from './useKept.ts';

const NEW = 'new';
/** A list longer than this can be searched. */
const SHORT = 8;

/** The saved replies with their language and uses: added, changed, deleted with a way back. */
export function RepliesCard({ account }: { account: Account }) {
  const { t } = useTranslation();
  const rpc = useRpc();
  const toast = useToast();
  const format = useFormat();
  const accountId = account.id;
  const replies = useRpcQuery('inbox.replies', { accountId }).data;
  const save = useRpcCommand('inbox.saveReply');
  const person = usePreviewPerson(account);
  const [words, setWords] = useState('');
  const { value: editing, set: setEditing } = useKept<string | null>(`${accountId} replies`, null);
  if (!replies) return null;
  const close = (): void => {
    setEditing(null);
    focusSoon(editing === null || editing === NEW ? 'reply-add' : `reply-edit-${editing}`);
  };
  const keep = (reply: SavedReply | null) => async (fields: ReplyFields): Promise<boolean> => {
    try {
      const { id } = await save.mutateAsync({ accountId, ...(reply ? { id: reply.id } : {}), ...fields });
      close();
      const before = reply && { accountId, id: reply.id, title: reply.title, lang: reply.lang, text: reply.text };
      toast.done(t('inboxSettings.replies.saved', { name: fields.title }), { run: () => (before ? rpc.command('inbox.saveReply', before) : rpc.command('inbox.deleteReply', { accountId, id })) });
      return true;
    } catch (error) {
      toast.failed(error);
      return false;
    }
  };
  const remove = ({ id, title }: SavedReply): void => {
    rpc.command('inbox.deleteReply', { accountId, id }).then(({ undoId }) => { focusSoon('reply-add'); toast.done(t('inboxSettings.replies.removed', { name: title }), { undoId }); }, toast.failed);
  };
  const form = (reply: SavedReply | null) => <SavedReplyForm account={account} reply={reply} person={person} busy={save.isPending} onSave={keep(reply)} onClose={close} />;
  const wanted = folded(words.trim());
  // What is being edited stays in sight whatever is looked for.
  const shown = replies.filter((each) => each.id === editing || folded(`${each.title} ${each.text}`).includes(wanted));
  return (
    <section className="card" data-testid="replies-card">
      <header>
        <div className="grow"><h2>{t('inboxSettings.replies.title')}</h2><div className="quiet">{t('inboxSettings.replies.hint')}</div></div>
        {replies.length > SHORT ? <TextInput aria-label={t('inboxSettings.replies.search')} placeholder={t('inboxSettings.replies.search')} leftSection={<IconSearch size={14} stroke={1.75} />} value={words} onChange={(event) => setWords(event.currentTarget.value)} data-testid="reply-search" /> : null}
        <Button id="reply-add" variant="default" leftSection={<IconPlus size={14} stroke={1.75} />} disabled={editing === NEW} data-testid="reply-add" onClick={() => setEditing(NEW)}>{t('inboxSettings.replies.add')}</Button>
      </header>
      {replies.length === 0 && editing !== NEW ? <EmptyState icon={IconMessageCircle} title={t('inboxSettings.replies.none')} body={t('inboxSettings.replies.noneBody')}><Button onClick={() => setEditing(NEW)}>{t('inboxSettings.replies.add')}</Button></EmptyState> : null}
      {editing === NEW ? form(null) : null}
      {replies.length > 0 ? (
        <table className="plain kept-table replies-table">
          <thead><tr><th>{t('inboxSettings.replies.replyTitle')}</th><th>{t('inboxSettings.replies.text')}</th><th>{t('inboxSettings.replies.lang')}</th><th className="number">{t('inboxSettings.replies.uses')}</th><th aria-label={t('inboxSettings.edit')} /></tr></thead>
          <tbody>
            {shown.map((reply) => (editing === reply.id ? <tr key={reply.id}><td colSpan={5} className="form-cell">{form(reply)}</td></tr> : (
              <tr key={reply.id} data-testid="reply-row">
                <td><b>{reply.title}</b></td><td lang={reply.lang}><span className="two-lines" title={reply.text}>{reply.text}</span></td><td><span className="tag">{t(`inboxSettings.replies.${reply.lang}`)}</span></td><td className="number">{format.number(reply.uses)}</td>
                <td>
                  <ActionIcon id={`reply-edit-${reply.id}`} size={24} aria-label={`${t('inboxSettings.edit')}: ${reply.title}`} title={t('inboxSettings.edit')} data-testid="reply-edit" onClick={() => setEditing(reply.id)}><IconPencil size={15} stroke={1.75} /></ActionIcon>
                  <ActionIcon size={24} aria-label={`${t('inboxSettings.remove')}: ${reply.title}`} title={t('inboxSettings.remove')} data-testid="reply-remove" onClick={() => remove(reply)}><IconTrash size={15} stroke={1.75} /></ActionIcon>
                </td>
              </tr>
            )))}
            {shown.length === 0 ? <tr><td colSpan={5} className="quiet">{t('inboxSettings.replies.noMatch')}</td></tr> : null}
          </tbody>
        </table>
      ) : null}
    </section>
  );
}
