import type { AttachedMedia } from '../../../shared/contract/publications.ts';

export const MAX_MEDIA = 4;
/** What is done with the pictures of a text. */
export type PictureAction = { type: 'addMedia'; media: AttachedMedia } | { type: 'removeMedia'; id: string } | { type: 'alt'; id: string; alt: string };

/** The pictures after it; the same list where a fifth was added. */
export function picturesAfter(media: AttachedMedia[], action: PictureAction): AttachedMedia[] {
  switch (action.type) {
    case 'addMedia': return media.length >= MAX_MEDIA ? media : [...media, action.media];
    case 'removeMedia': return media.filter((each) => each.id !== action.id);
    case 'alt': return media.map((each) => (each.id === action.id ? { ...each, alt: action.alt } : each));
  }
}
