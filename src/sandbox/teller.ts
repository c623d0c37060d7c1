import { hashOf } from './random.ts';
import { ACTS, orderOf, pictureName, turnKey } from './story/index.ts';
import type { Turn } from './story/script.ts';
import { HEIGHT, WIDTH } from './draw/pictures.ts';
import type { Told, WorldPost, WorldUser } from './types.ts';
import type { World } from './world.ts';

/** Every so many steps somebody reposts something. */
const REPOST_EVERY = 17;
/** How far back what is reposted lies, in posts: out of sight above, and told long before it comes round again. */
const REPOST_NEAREST = 100;
const REPOST_FARTHEST = 200;
const POLL_MS = 24 * 3_600_000;

export const nothingTold = (): Told => ({ step: 0, cursor: 0, open: [], thanked: [], pending: [] });

export const mediaOf = (turn: Pick<Turn, 'picture'>): Pick<WorldPost, 'media'> =>
  turn.picture ? { media: [{ key: `3_${hashOf(turn.picture.alt)}`, source: { drawn: pictureName(turn.picture) }, alt: turn.picture.alt, width: WIDTH, height: HEIGHT }] } : {};

/** Tells the written world turn by turn; the same seed tells the same. Conversations go on between other posts. */
export class Teller {
  private readonly world: World;
  private readonly order: readonly string[];
  constructor(world: World) {
    this.world = world;
    this.order = orderOf(world.seed);
  }

  /** Says the next thing. Only the `past` speaks for our own accounts: in the present that is for the user to do. */
  next(at: number, past: boolean): WorldPost {
    const { told } = this.world;
    told.step += 1;
    if (told.step % REPOST_EVERY === 0) {
      const post = this.repost(at);
      if (post) return post;
    }
    for (;;) {
      const due = told.open.filter((each) => each.due <= told.step).sort((a, b) => a.due - b.due)[0];
      if (due) told.open.splice(told.open.indexOf(due), 1);
      const opening = due ?? { act: this.order[told.cursor++ % this.order.length] ?? '', turn: 0, due: 0, ids: [] };
      const post = this.say(opening, at, past);
      if (post) return post;
    }
  }

  /** Says one turn; null where it cannot be said, and then its act ends. */
  private say(place: Told['open'][number], at: number, past: boolean): WorldPost | null {
    const { world } = this;
    const act = ACTS.get(place.act);
    const turn = act?.[place.turn];
    const author = turn ? world.byName(turn.by) : undefined;
    if (!act || !turn || !author || (!past && author.role !== 'other')) return null;
    const targetId = turn.does ? this.targetOf(turn, place) : null;
    const target = targetId ? world.post(targetId) : undefined;
    if (turn.does && (!target || target.deleted)) return null;
    const key = turnKey(place.act, place.turn);
    const earlier = world.posts.findLast((post) => post.key === key && !post.retired);
    const edited = place.ids.length > place.turn;
    for (const post of world.posts) if (post.key === key) post.retired = true;
    const first = turn.before !== undefined && !edited;
    const name = turn.does === 'reply' && target && target.authorId !== author.id ? `@${world.user(target.authorId)?.username ?? ''} ` : '';
    const post = world.add({
      authorId: author.id, text: `${name}${first ? turn.before : turn.text}`, lang: turn.lang ?? author.lang, key, ...mediaOf(turn),
      ...(turn.poll ? { poll: { options: [...turn.poll], endsAt: at + POLL_MS } } : {}),
      ...(target && turn.does === 'reply' ? { replyToId: target.id } : {}), ...(target && turn.does === 'quote' ? { quotedId: target.id } : {}),
      ...(edited && earlier ? { editHistory: [earlier.id] } : {}),
    }, at);
    const ids = [...place.ids.slice(0, place.turn), post.id];
    if (first) world.told.open.push({ act: place.act, turn: place.turn, due: world.told.step + 1, ids });
    else if (place.turn + 1 < act.length) world.told.open.push({ act: place.act, turn: place.turn + 1, due: world.told.step + this.gap(act[place.turn + 1], turn), ids });
    return post;
  }
  /** Steps until the next turn: an author's own thread runs on, others take their time. */
  private gap(next: Turn | undefined, turn: Turn): number {
    return next?.by === turn.by && next.does === 'reply' ? 1 : 2 + (hashOf(next?.text ?? '') % 4);
  }
  private targetOf(turn: Turn, place: Told['open'][number]): string | null {
    if (typeof turn.to === 'string') return this.world.posts.findLast((post) => post.key === `own.${turn.to ?? ''}`)?.id ?? null;
    return place.ids[turn.to ?? place.turn - 1] ?? null;
  }

  private repost(at: number): WorldPost | null {
    const { world } = this;
    const repeated = new Set(world.posts.map((post) => post.repostOfId));
    const fit = world.posts.slice(-REPOST_FARTHEST, -REPOST_NEAREST)
      .filter((post) => !post.deleted && !post.retired && !post.repostOfId && !post.replyToId && !post.viaApi && !post.text.startsWith('@') && !repeated.has(post.id));
    const original = fit[hashOf(`original ${world.seed} ${world.told.step}`) % Math.max(1, fit.length)];
    const people = world.users.filter((user) => user.role === 'other' && user.followed && user.id !== original?.authorId && sameTongue(user, original));
    const by = people[hashOf(`reposter ${world.seed} ${world.told.step}`) % Math.max(1, people.length)];
    return original && by ? world.add({ authorId: by.id, text: '', lang: original.lang, repostOfId: original.id }, at) : null;
  }
}
const sameTongue = (user: WorldUser, post: WorldPost | undefined): boolean => (user.lang === 'en') === (post?.lang === 'en');
