import { useEffect, useRef, useState } from 'react';
import type { AttachedMedia, Publication } from '../../../shared/contract/publications.ts';
import { useRpc } from '../../rpc/hooks.ts';
import { useToast } from '../../ui/useToast.tsx';
import { type PictureAction, picturesAfter } from '../composer/pictureState.ts';

const AUTOSAVE_MS = 500;
interface Written { text: string; media: AttachedMedia[] }
const NOTHING: Written = { text: '', media: [] };
const idsOf = (media: readonly AttachedMedia[]): string => media.map((each) => each.id).join(' ');
const told = (media: readonly AttachedMedia[]): { id: string; alt: string }[] => media.map(({ id, alt }) => ({ id, alt }));
const keyOf = (media: readonly AttachedMedia[]): string => JSON.stringify(told(media));

/** The answer being written: saved as it is written, a picture at once, and when its case is left. */
export function useReply(caseId: string, draft: Publication | null) {
  const rpc = useRpc();
  const toast = useToast();
  const began: Written = draft ? { text: draft.text, media: draft.media } : NOTHING;
  const [written, show] = useState(began);
  const latest = useRef(written);
  /** What core has of it; null where it could not be kept. */
  const saved = useRef<{ text: string; media: string } | null>({ text: began.text, media: keyOf(began.media) });
  const held = useRef(false);
  const gone = useRef(false);
  const touched = useRef({ text: false, media: false });
  const differs = (): boolean => saved.current === null || saved.current.text !== latest.current.text || saved.current.media !== keyOf(latest.current.media);

  /** Resolves to whether all of it is kept. */
  const save = async (): Promise<boolean> => {
    if (held.current || !differs()) return true;
    const { text, media } = latest.current;
    const known = saved.current;
    saved.current = { text, media: keyOf(media) };
    try {
      // Pictures that were not touched here stay as core has them: one may have come after this case was left.
      await rpc.command('inbox.draft', { caseId, text, ...(known === null || known.media !== keyOf(media) ? { media: told(media) } : {}) });
      return true;
    } catch (error) {
      saved.current = null;
      toast.failed(error);
      return false;
    }
  };
  const saveRef = useRef(save);
  saveRef.current = save;
  const put = (next: Written): void => {
    latest.current = next;
    show(next);
    // A picture that arrives after its case was left is kept with it all the same.
    if (gone.current) void saveRef.current();
  };

  // What core says of the draft counts until something is written here: an older answer may have been shown first, and a later one may be older than the text.
  const kept = draft?.text ?? '';
  const keptMedia = keyOf(draft?.media ?? []);
  const drawn = useRef(draft);
  drawn.current = draft;
  useEffect(() => {
    if (held.current) return;
    const next = { text: touched.current.text ? latest.current.text : kept, media: touched.current.media ? latest.current.media : (drawn.current?.media ?? []) };
    saved.current = { text: touched.current.text ? (saved.current?.text ?? '\u0000') : kept, media: touched.current.media ? (saved.current?.media ?? '') : keptMedia };
    latest.current = next;
    show(next);
  }, [kept, keptMedia]);

  const pictures = idsOf(written.media);
  const wereThere = useRef(pictures);
  useEffect(() => {
    if (!differs()) return undefined;
    const atOnce = wereThere.current !== pictures;
    wereThere.current = pictures;
    const timer = setTimeout(() => void saveRef.current(), atOnce ? 0 : AUTOSAVE_MS);
    return () => clearTimeout(timer);
  }, [written, pictures]);
  useEffect(() => {
    const leave = (): void => void saveRef.current();
    gone.current = false;
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      gone.current = true;
      leave();
    };
  }, []);

  return {
    ...written,
    /** What was left meanwhile is not gone on from. */
    isGone: (): boolean => gone.current,
    write: (text: string): void => {
      touched.current.text = true;
      put({ ...latest.current, text });
    },
    pictures: (action: PictureAction): void => {
      touched.current.media = true;
      put({ ...latest.current, media: picturesAfter(latest.current.media, action) });
    },
    save,
    /** It is on its way: nothing of it is left to be saved, also when the box goes away in the same breath. Answers what was taken, to be given back with `restore`. */
    take: (): { text: string; media: { id: string; alt: string }[]; restore: () => Promise<boolean> } => {
      const taken = latest.current;
      held.current = true;
      saved.current = { text: '', media: keyOf([]) };
      latest.current = NOTHING;
      show(NOTHING);
      return {
        text: taken.text, media: told(taken.media),
        restore: () => {
          held.current = false;
          saved.current = null;
          latest.current = taken;
          show(taken);
          return saveRef.current();
        },
      };
    },
    /** It went: what is written from now on is another answer. */
    free: (): void => { held.current = false; },
  };
}
