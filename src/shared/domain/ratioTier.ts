/** The tier of what the ratio counts; null for what stands outside it (answers, reposts of others' posts): its stored tier means nothing (DOMAIN §2). */
export function tierOf(post: { counts: boolean; tier: string }): string | null {
  return post.counts ? post.tier : null;
}
