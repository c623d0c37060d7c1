import { Button, Group, Progress } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EventPayload } from '../../../shared/contract/index.ts';
import type { Publication } from '../../../shared/contract/publications.ts';
import { composeUrl, repostUrl } from '../../../shared/domain/intent.ts';
import { useView } from '../../app/viewStore.ts';
import { useRpc, useRpcEvent } from '../../rpc/hooks.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { ExternalLink } from '../../ui/ExternalLink.tsx';
import type { Format } from '../../ui/format.ts';
import { useToast } from '../../ui/useToast.tsx';
import { BlackBox } from '../activity/BlackBox.tsx';

/** How far a film is on its way, with a way to stop it. */
export function UploadProgress({ id }: { id: string }) {
  const { t } = useTranslation();
  const rpc = useRpc();
  const toast = useToast();
  const [seen, setSeen] = useState<EventPayload<'publication.upload'> | null>(null);
  useRpcEvent('publication.upload', useCallback((event: EventPayload<'publication.upload'>) => { if (event.id === id) setSeen(event.phase === 'done' ? null : event); }, [id]));
  if (!seen) return null;
  const percent = seen.total === 0 ? 0 : Math.round((seen.done / seen.total) * 100);
  return (
    <div role="status" data-testid="upload">
      <Group justify="space-between"><span>{t(seen.phase === 'processing' ? 'composer.processing' : 'composer.uploading', { percent })}</span><Button size="compact-xs" variant="default" onClick={() => rpc.command('publications.cancelUpload', { id }).then(() => {}, toast.failed)}>{t('composer.stopUpload')}</Button></Group>
      <Progress value={percent} aria-label={t('composer.uploading', { percent })} />
    </div>
  );
}

/** Where the user publishes by hand: X's own composer with the text in it (DOMAIN §4). */
export function handUrl(publication: Publication): string {
  return publication.kind === 'repost' ? repostUrl(publication.target?.id ?? '') : composeUrl({ text: publication.text, replyToId: publication.kind === 'reply' ? (publication.target?.id ?? null) : null });
}

/** What can be done with a post that has left: see it, see its record, vary it, delete it on X. */
export function SentActions({ publication, format }: { publication: Publication; format: Format }) {
  const { t } = useTranslation();
  const rpc = useRpc();
  const toast = useToast();
  const openComposer = useView((state) => state.openComposer);
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [showing, setShowing] = useState(false);
  const removable = (publication.state === 'posted' || publication.state === 'partial') && publication.removedAt === null && publication.remoteId !== null;
  const copy = (): void => void rpc.command('publications.copy', { id: publication.id }).then((made) => openComposer({ kind: 'edit', id: made.id }), toast.failed);
  const remove = async (): Promise<void> => {
    setBusy(true);
    try {
      const { removed, left } = await rpc.command('publications.removeRemote', { id: publication.id });
      toast.done(left === 0 ? t('composer.removedRemote') : t('composer.removedSome', { removed, left }));
      setAsking(false);
    } catch (error) {
      toast.failed(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div data-testid="sent-actions">
      {publication.removedAt !== null ? <p className="quiet">{t('composer.gone', { when: format.when(publication.removedAt) })}</p> : null}
      <Group gap="xs">
        {publication.url && publication.removedAt === null ? <ExternalLink href={publication.url}>{t('deck.viewOnX')}</ExternalLink> : null}
        <Button variant="default" size="compact-sm" data-testid="copy-post" onClick={copy}>{t('composer.copy')}</Button>
        <Button variant="default" size="compact-sm" data-testid="black-box" aria-expanded={showing} onClick={() => setShowing(!showing)}>{t('activity.blackBox')}</Button>
        {removable ? <Button variant="subtle" color="red" size="compact-sm" data-testid="remove-remote" onClick={() => setAsking(true)}>{t('composer.removeRemote')}</Button> : null}
      </Group>
      {showing ? <BlackBox id={publication.id} /> : null}
      <Dialog opened={asking} onClose={() => setAsking(false)} title={t('composer.removeTitle')}>
        <p>{t('composer.removeBody', { count: publication.parts.filter((part) => part.remoteId !== null).length + 1 })}</p>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => setAsking(false)}>{t('shell.cancel')}</Button>
          <Button color="red" loading={busy} data-testid="remove-remote-confirm" onClick={() => void remove()}>{t('composer.removeRemote')}</Button>
        </Group>
      </Dialog>
    </div>
  );
}
