import { IconEyeCheck } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { Publication } from '../../../shared/contract/publications.ts';
import { useRpcQuery } from '../../rpc/hooks.ts';
import type { Kit } from './kit.ts';

/** A post that X shows may be this one, sent before a copy was opened or by hand, when it is no older than this before its time, ms. */
const BEFORE_MS = 2 * 3_600_000;
/** From here on two texts are the same post, edited. */
const SAME_PERCENT = 90;

/** Says that X shows a post with these words already, before somebody sends it once more. */
export function SeenOnX({ publication, kit, onSeen }: { publication: Publication; kit: Kit; /** Once, when it is known. */ onSeen?: () => void }) {
  const { t, format } = kit;
  const found = useRpcQuery('publications.saidBefore', { accountId: publication.accountId, text: publication.text, exceptId: publication.id }, { enabled: publication.text.trim() !== '' && publication.dueAt !== null }).data;
  const seenAt = found && found.id === null && found.remoteId !== null && found.percent >= SAME_PERCENT && found.at >= (publication.dueAt ?? 0) - BEFORE_MS ? found.at : null;
  const told = useRef(onSeen);
  told.current = onSeen;
  useEffect(() => { if (seenAt !== null) told.current?.(); }, [seenAt]);
  if (seenAt === null) return null;
  return <div className="seen-on-x" data-testid="seen-on-x"><IconEyeCheck size={13} stroke={1.75} aria-hidden="true" /> {t('calendar.seenOnX', { when: format.when(seenAt) })}</div>;
}
