export type Role = 'brand' | 'department' | 'personal' | 'other';
/** A person of the practice network. All of them are fictional, and their profiles say so. */
export interface WorldUser {
  id: string;
  username: string;
  name: string;
  bio: string;
  role: Role;
  lang: 'es' | 'en';
  verified: boolean;
}
export interface WorldMedia {
  key: string;
  /** Picture drawn from this seed, or an uploaded file. */
  source: { drawn: number } | { upload: string; mime: string };
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
