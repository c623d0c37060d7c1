import { useTranslation } from 'react-i18next';
import type { CaseView, RouteView } from '../../../shared/contract/inbox.ts';
import type { InputOf } from '../../../shared/contract/index.ts';
import { useRpc } from '../../rpc/hooks.ts';
import { useOpen } from '../../ui/ExternalLink.tsx';
import { useToast } from '../../ui/useToast.tsx';

export type Act = InputOf<'inbox.act'>['act'];

/** What is done with cases, each said with its way back. */
export function useCaseActs(onUndone: (caseId: string) => void) {
  const { t } = useTranslation();
  const rpc = useRpc();
  const toast = useToast();
  const open = useOpen();
  /** Taking it back leads back to the case. */
  const back = (undoId: string, caseId: string) => ({ lasting: true as const, run: () => rpc.command('undo.apply', { undoId }).then((undone) => { onUndone(caseId); return undone; }) });
  return {
    /** True unless nothing came of it. */
    async act(ids: readonly string[], act: Act, /** Whose case it is, where it is one. */ name = ''): Promise<boolean> {
      if (ids.length === 0) return false;
      try {
        const { changed, refused, undoId } = await rpc.command('inbox.act', { caseIds: [...ids], act });
        if (act.type === 'open') return true;
        const whose = changed === 1 && name !== '' ? `${name} · ` : '';
        if (changed > 0) toast.done(whose + t(`inbox.did.${act.type === 'high' ? (act.high ? 'high' : 'normal') : act.type === 'label' ? (act.on ? 'labelled' : 'unlabelled') : act.type}`, { count: changed }), back(undoId, ids[0] ?? ''));
        if (refused.length > 0) toast.done(t('inbox.notAll', { count: refused.length }));
        return true;
      } catch (error) {
        toast.failed(error);
        return false;
      }
    },
    /** True when it went. */
    async route(row: CaseView, route: RouteView, offline: boolean): Promise<boolean> {
      const { id: routeId, name } = route;
      try {
        const { handOffUrl, undoId } = await rpc.command('inbox.route', { caseId: row.id, routeId });
        // Its one text is in the other language: better said while it can still be taken back.
        const [other] = row.lang === 'en' && !route.replies.en && route.replies.es ? (['es'] as const) : row.lang === 'es' && !route.replies.es && route.replies.en ? (['en'] as const) : [];
        toast.done(`${t(handOffUrl !== null ? 'inbox.routedByHand' : offline ? 'inbox.routedLater' : 'inbox.routed', { name })}${other ? `. ${t(`inbox.routedIn.${other}`, { username: row.person.username })}` : ''}`, back(undoId, row.id));
        if (handOffUrl !== null) open(handOffUrl);
        return true;
      } catch (error) {
        toast.failed(error);
        return false;
      }
    },
    async reply(row: CaseView, said: Pick<InputOf<'inbox.reply'>, 'text' | 'media'>, becomes: 'waiting' | 'done', offline: boolean): Promise<boolean> {
      try {
        const { undoId } = await rpc.command('inbox.reply', { caseId: row.id, ...said, becomes });
        toast.done(t(offline ? 'inbox.repliedLater' : 'inbox.replied', { username: row.person.username }), back(undoId, row.id));
        return true;
      } catch (error) {
        toast.failed(error);
        return false;
      }
    },
    async answeredByHand(row: CaseView): Promise<void> {
      try {
        const { undoId } = await rpc.command('inbox.answeredByHand', { caseId: row.id });
        toast.done(t('inbox.did.wait', { count: 1 }), { undoId });
      } catch (error) {
        toast.failed(error);
      }
    },
  };
}
export type CaseActs = ReturnType<typeof useCaseActs>;
