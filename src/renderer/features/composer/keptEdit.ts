import { z } from 'zod';
import { attachedMediaSchema, pollSchema, publicationSchema } from '../../../shared/contract/publications.ts';
import type { ComposerState } from './composerState.ts';

const PREFIX = 'parrilla.edit.';
const TIME = 'parrilla.time.';
const WINDOW = 'parrilla.window';
const keptEditSchema = z.object({
  text: z.string(), tier: z.string(), tierReason: z.string(), media: z.array(attachedMediaSchema), poll: pollSchema.nullable(), via: publicationSchema.shape.via, revision: z.number(),
  parts: z.array(z.object({ key: z.string(), text: z.string(), media: z.array(attachedMediaSchema) })),
});
/** A change of a planned post that nobody saved yet; `revision` is what it was written on. */
export type KeptEdit = z.infer<typeof keptEditSchema>;

/** This window's, over a reload too: two windows on one post keep each its own. */
function windowId(): string {
  const known = sessionStorage.getItem(WINDOW);
  if (known !== null) return known;
  const made = crypto.randomUUID();
  sessionStorage.setItem(WINDOW, made);
  return made;
}
const slotOf = (id: string): string => `${PREFIX}${id}.${windowId()}`;
/** What was taken over from a window that is no more, by the place it was found in. */
const adopted = new Map<string, { slot: string; value: string }>();

function read(slot: string): KeptEdit | null {
  try {
    const found = keptEditSchema.safeParse(JSON.parse(localStorage.getItem(slot) ?? 'null'));
    return found.success ? found.data : null;
  } catch {
    return null;
  }
}

/** Keeps what is typed over a planned post on this machine: a crash or a reload loses none of it, and none of it goes out. */
export function keepEdit(state: ComposerState): void {
  if (state.id === null || state.revision === null) return;
  const { text, tier, tierReason, media, poll, via, revision, parts } = state;
  try {
    localStorage.setItem(slotOf(state.id), JSON.stringify({ text, tier, tierReason, media, poll, via, revision, parts } satisfies KeptEdit));
  } catch {
    // No room or no storage: it is still on the screen, which says that it is not saved.
  }
}
/** It is saved, or thrown away. What another window has typed over the same post since stays. */
export function forgetEdit(id: string): void {
  localStorage.removeItem(slotOf(id));
  const from = adopted.get(id);
  adopted.delete(id);
  if (from && localStorage.getItem(from.slot) === from.value) localStorage.removeItem(from.slot);
}

/** What was typed over it and never saved: in this window, else in one before it; null where nothing was, or where it cannot be read any more. */
export function keptEdit(id: string): KeptEdit | null {
  const own = read(slotOf(id));
  if (own) return own;
  for (let i = 0; i < localStorage.length; i += 1) {
    const slot = localStorage.key(i) ?? '';
    const found = slot.startsWith(`${PREFIX}${id}.`) ? read(slot) : null;
    if (!found) continue;
    adopted.set(id, { slot, value: localStorage.getItem(slot) ?? '' });
    return found;
  }
  return null;
}

const timeSlot = (id: string): string => `${TIME}${id}.${windowId()}`;
/** Keeps another time that was chosen for a planned post, `YYYY-MM-DDTHH:mm`, in this window; null forgets it. */
export function keepTime(id: string, wall: string | null): void {
  try {
    if (wall === null) localStorage.removeItem(timeSlot(id));
    else localStorage.setItem(timeSlot(id), wall);
  } catch {
    // As above: it is still on the screen.
  }
}
/** The time that was chosen in this window and never saved; null where none was. */
export function keptTime(id: string): string | null {
  const wall = localStorage.getItem(timeSlot(id));
  return wall !== null && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(wall) ? wall : null;
}
