/** X's own pages for what is done by hand (X documentation, web intents; DOMAIN §4 hand-off publishing). */
export function composeUrl(post: { text: string; replyToId?: string | null }): string {
  const reply = post.replyToId ? `&in_reply_to=${encodeURIComponent(post.replyToId)}` : '';
  return `https://x.com/intent/tweet?text=${encodeURIComponent(post.text)}${reply}`;
}
export function repostUrl(postId: string): string {
  return `https://x.com/intent/retweet?tweet_id=${encodeURIComponent(postId)}`;
}

export function likeUrl(postId: string): string {
  return `https://x.com/intent/like?tweet_id=${encodeURIComponent(postId)}`;
}

/** X lets the API answer one's own posts and those of people who mention or quote us (x-api-facts §5.2); everything else is done by hand. */
export function mayReply(post: { author: { username: string }; entities: readonly { kind: string; display: string }[]; quoted?: { author: { username: string } } | null }, username: string): boolean {
  const me = username.toLowerCase();
  return post.author.username.toLowerCase() === me || post.quoted?.author.username.toLowerCase() === me || post.entities.some((each) => each.kind === 'mention' && each.display.replace(/^@/, '').toLowerCase() === me);
}
