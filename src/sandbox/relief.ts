import { hashOf } from './random.ts';
import { turnOf } from './story/index.ts';
import type { Kind } from './story/script.ts';
import { THANKS } from './story/thanks.ts';
import type { WorldPost } from './types.ts';
import type { World } from './world.ts';

/** How soon somebody thanks for a reply, ms of the world's time. */
const SOONEST_MS = 20_000;
const SPREAD_MS = 40_000;
const KEPT = 500;
const COMPLAINT = /no (funciona|llega|carga|deja|puedo|recib)|error|cobrad|\b(broken|charged|cannot|can't|doesn't|not working|nobody)\b/i;

/** What a post wants from us; null where no thanks would follow an answer. */
function kindOf(post: WorldPost): Exclude<Kind, 'praise' | 'lead'> | null {
  const written = turnOf(post.key)?.turn;
  if (written) return written.kind === 'complaint' ? 'complaint' : written.kind === 'question' || written.kind === 'lead' ? 'question' : null;
  return COMPLAINT.test(post.text) ? 'complaint' : post.text.includes('?') ? 'question' : null;
}

/** The thanks written for this very conversation, where there is one and it was not said yet. */
function ownWords(world: World, target: WorldPost): string | null {
  const found = turnOf(target.key);
  if (!found) return null;
  const { act, index, turn } = found;
  const later = act.findIndex((each, at) => at > index && each.by === turn.by && world.byName(act[at - 1]?.by ?? '')?.role !== 'other');
  const text = act[later]?.text;
  return text && !world.posts.some((post) => !post.retired && post.replyToId && post.text.endsWith(text)) ? text : null;
}

/** One of our accounts replied to somebody through the API: they will thank it, once per conversation. */
export function promiseThanks(world: World, reply: WorldPost): void {
  const target = reply.replyToId ? world.post(reply.replyToId) : undefined;
  const person = target ? world.user(target.authorId) : undefined;
  if (!target || person?.role !== 'other') return;
  const kind = kindOf(target);
  const { told } = world;
  const conversation = world.conversationOf(target);
  if (!kind || told.thanked.includes(conversation)) return;
  const list = (THANKS[person.lang] ?? THANKS['es'])?.[kind] ?? [];
  const text = ownWords(world, target) ?? list[(told.thanked.length + hashOf(person.username)) % Math.max(1, list.length)];
  if (!text) return;
  // What the script would have said next in this conversation is not said: the user has taken over.
  told.open = told.open.filter((each) => !each.ids.includes(target.id));
  told.thanked = [...told.thanked.slice(1 - KEPT), conversation];
  told.pending.push({ at: world.now() + SOONEST_MS + (hashOf(reply.id) % SPREAD_MS), authorId: person.id, text, replyToId: reply.id });
}

/** Says the thanks whose time has come. */
export function settle(world: World): void {
  const due = world.told.pending.filter((each) => each.at <= world.now());
  if (due.length === 0) return;
  world.told.pending = world.told.pending.filter((each) => each.at > world.now());
  for (const each of due) {
    const reply = world.post(each.replyToId);
    const person = world.user(each.authorId);
    if (!reply || reply.deleted || !person) continue;
    world.add({ authorId: person.id, text: `@${world.user(reply.authorId)?.username ?? ''} ${each.text}`, lang: person.lang, replyToId: reply.id }, Math.max(each.at, reply.createdAt + 1000));
  }
  world.save();
}
