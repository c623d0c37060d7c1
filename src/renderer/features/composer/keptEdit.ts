import { z } from 'zod';
import { attachedMediaSchema, pollSchema, publicationSchema } from '../../../shared/contract/publications.ts';
import type { ComposerState } from './composerState.ts';

const PREFIX = 'parrilla.edit.';
const keptEditSchema = z.object({
  text: z.string(), tier: z.string(), tierReason: z.string(), media: z.array(attachedMediaSchema), poll: pollSchema.nullable(), via: publicationSchema.shape.via, revision: z.number(),
  parts: z.array(z.object({ key: z.string(), text: z.string(), media: z.array(attachedMediaSchema) })),
});
/** A change of a planned post that nobody saved yet; `revision` is what it was written on. */
export type KeptEdit = z.infer<typeof keptEditSchema>;

/** Keeps what is typed over a planned post on this machine: a crash or a reload loses none of it, and none of it goes out. */
export function keepEdit(state: ComposerState): void {
  if (state.id === null || state.revision === null) return;
  const { text, tier, tierReason, media, poll, via, revision, parts } = state;
  try {
    localStorage.setItem(PREFIX + state.id, JSON.stringify({ text, tier, tierReason, media, poll, via, revision, parts } satisfies KeptEdit));
  } catch {
    // No room or no storage: it is still on the screen, which says that it is not saved.
  }
}
export const forgetEdit = (id: string): void => localStorage.removeItem(PREFIX + id);

/** What was typed over it and never saved; null where nothing was, or where it cannot be read any more. */
export function keptEdit(id: string): KeptEdit | null {
  try {
    const found = keptEditSchema.safeParse(JSON.parse(localStorage.getItem(PREFIX + id) ?? 'null'));
    return found.success ? found.data : null;
  } catch {
    return null;
  }
}
