export type Role = 'brand' | 'department' | 'personal' | 'other';
/** A person of the practice network. All of them are fictional, and their profiles say so. */
export interface WorldUser {
  id: string;
  username: string;
  name: string;
  bio: string;
  role: Role;
  lang: 'es' | 'en' | 'ca' | 'pt';
  verified: boolean;
  initials: string;
  colour: number;
  followers: number;
  /** Our accounts follow them: their posts are in the home timeline. */
  followed: boolean;
  /** Only followers see their posts: for us, who are none, they are not there. */
  protected?: boolean;
}
export interface WorldMedia {
  key: string;
  /** A drawing by its name (story/index.ts), or an uploaded file. */
  source: { drawn: string } | { upload: string; mime: string };
  alt: string | null;
  width: number;
  height: number;
}
export interface WorldPost {
  id: string;
  authorId: string;
  /** Plain text as its author wrote it, links whole. */
  text: string;
  createdAt: number;
  lang: string;
  replyToId?: string;
  quotedId?: string;
  repostOfId?: string;
  media?: WorldMedia[];
  poll?: { options: string[]; endsAt: number };
  /** Earlier ids, oldest first. */
  editHistory?: string[];
  deleted?: boolean;
  /** Its text was told again, or it was edited: no timeline shows it any more, a look-up still finds it. */
  retired?: boolean;
  /** Which written turn it is (story/index.ts). */
  key?: string;
  /** Made through the API by one of our accounts. */
  viaApi?: boolean;
}
export interface Upload {
  id: string;
  ownerId: string;
  mime: string;
  alt: string | null;
  file: string;
  /** Epoch ms after which a post may no longer use it. */
  expiresAt?: number | undefined;
  /** Epoch ms at which processing is over. */
  readyAt?: number | undefined;
}
/** Somebody will thank one of our accounts for its reply. */
export interface Pending {
  /** Epoch ms of the world. */
  at: number;
  authorId: string;
  text: string;
  /** Our reply. */
  replyToId: string;
}
/** Where the telling of the written world stands; kept in the world file. */
export interface Told {
  /** Posts told so far. */
  step: number;
  /** Acts opened so far; beyond their number they come round again in the same order. */
  cursor: number;
  /** Turns still to come: of which act, which one, not before which step, and the ids of the turns told. */
  open: { act: string; turn: number; due: number; ids: string[] }[];
  /** Conversations (their first post's id) whose person has thanked us. */
  thanked: string[];
  pending: Pending[];
}
