import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { snowflakeAt } from '../shared/domain/ids.ts';
import { cast } from './people.ts';
import { hashOf, seeded } from './random.ts';
import { breath, moments } from './rhythm.ts';
import { OWN } from './story/index.ts';
import { mediaOf, nothingTold, Teller } from './teller.ts';
import type { Told, Upload, WorldPost, WorldUser } from './types.ts';

const KEPT_POSTS = 4000;
/** Posts of others in the history of a new world. */
const HISTORY = 180;
const MOST_CAUGHT_UP = 40;
const DAY_MS = 86_400_000;
const THREE_DAYS = 3 * DAY_MS;

const VERSION = 2;
const fileSchema = z.object({
  version: z.literal(VERSION), seed: z.number(), lastId: z.string(), savedAt: z.number(),
  told: z.object({
    step: z.number(), cursor: z.number(), thanked: z.array(z.string()),
    open: z.array(z.object({ act: z.string(), turn: z.number(), due: z.number(), ids: z.array(z.string()) })),
    pending: z.array(z.object({ at: z.number(), authorId: z.string(), text: z.string(), replyToId: z.string() })),
  }),
  posts: z.array(z.looseObject({ id: z.string(), authorId: z.string(), text: z.string(), createdAt: z.number(), lang: z.string() })),
  uploads: z.array(z.object({ id: z.string(), ownerId: z.string(), mime: z.string(), alt: z.string().nullable(), file: z.string(), expiresAt: z.number().optional(), readyAt: z.number().optional() })),
  tokens: z.record(z.string(), z.unknown()),
  marks: z.array(z.object({ kind: z.enum(['bookmark', 'hidden']), userId: z.string(), postId: z.string() })).default([]),
});

/** What is never forgotten: our own accounts' posts. */
const lasting = (post: WorldPost): boolean => post.viaApi === true || post.key?.startsWith('own.') === true;

/** Everything that is so on the practice network. Writes that came through the API are on the disk before they are answered. */
export class World {
  readonly users: WorldUser[] = cast();
  posts: WorldPost[] = [];
  uploads: Upload[] = [];
  /** OAuth 2 state, kept with the world so that a restart logs nobody out. */
  tokens: Record<string, unknown> = {};
  /** Bookmarks and hidden answers as they stand. */
  marks: { kind: 'bookmark' | 'hidden'; userId: string; postId: string }[] = [];
  seed: number;
  offsetMs = 0;
  told: Told = nothingTold();
  private lastId = 0n;
  private random: () => number;
  private readonly teller: Teller;
  private readonly file: string | null;
  private readonly base: () => number;
  private dirty = false;
  constructor(options: { seed: number; file: string | null; clock: () => number; warn: (text: string) => void }) {
    this.seed = options.seed;
    this.file = options.file;
    this.base = options.clock;
    this.random = seeded(options.seed);
    if (options.file) mkdirSync(dirname(options.file), { recursive: true });
    const known = options.file !== null && existsSync(options.file) && this.load(options.file, options.warn);
    this.teller = new Teller(this);
    if (known) this.catchUp();
    else this.begin();
    this.save();
  }
  now(): number {
    return this.base() + this.offsetMs;
  }

  private load(file: string, warn: (text: string) => void): boolean {
    try {
      const found = fileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
      this.seed = found.seed;
      this.told = found.told;
      this.lastId = BigInt(found.lastId);
      this.posts = found.posts as unknown as WorldPost[];
      this.uploads = found.uploads;
      this.tokens = found.tokens;
      this.marks = found.marks;
      this.random = seeded(this.seed + this.told.step * 7);
      this.awayMs = Math.max(0, this.now() - found.savedAt);
      return true;
    } catch (cause) {
      const aside = `${file}.damaged-${Date.now()}`;
      renameSync(file, aside);
      warn(`the world file could not be read and was set aside as ${aside}: ${cause instanceof Error ? cause.message.slice(0, 200) : ''}`);
      return false;
    }
  }
  private awayMs = 0;

  private begin(): void {
    const now = this.now();
    const brand = this.users[0];
    if (!brand) throw new Error('no brand');
    const own = moments(now, THREE_DAYS, OWN.length, this.random, 1).map((at, index) => ({ at, own: OWN[index] }));
    const all = [...moments(now, THREE_DAYS, HISTORY, this.random).map((at) => ({ at, own: undefined })), ...own].sort((a, b) => a.at - b.at);
    for (const each of all) {
      if (each.own) this.add({ authorId: brand.id, text: each.own.text, lang: brand.lang, key: `own.${each.own.id ?? hashOf(each.own.text).toString(36)}`, ...mediaOf(each.own) }, each.at);
      else this.teller.next(each.at, true);
    }
  }
  /** After a pause: a little of what was said meanwhile. */
  private catchUp(): void {
    const many = Math.min(MOST_CAUGHT_UP, Math.floor(this.awayMs / 30_000));
    if (many === 0) return;
    for (const at of moments(this.now(), Math.max(3_600_000, Math.min(this.awayMs, DAY_MS)), many, this.random)) this.tell(Math.max(at, this.now() - this.awayMs));
  }

  /** Somebody says the next thing. */
  tell(at = this.now()): WorldPost {
    this.dirty = true;
    return this.teller.next(at, false);
  }
  /** Time to the next post at this pace, ms. */
  pause(perMinute: number): number {
    return breath(perMinute, this.random);
  }
  /** Id of the post that a conversation began with. */
  conversationOf(post: WorldPost): string {
    let top = post;
    for (let depth = 0; depth < 50 && top.replyToId; depth += 1) {
      const next = this.post(top.replyToId);
      if (!next) break;
      top = next;
    }
    return top.id;
  }
  nextId(at = this.now()): string {
    const wanted = BigInt(snowflakeAt(at)) + BigInt(Math.floor(this.random() * 4000));
    this.lastId = wanted > this.lastId ? wanted : this.lastId + 1n;
    return String(this.lastId);
  }
  add(post: Omit<WorldPost, 'id' | 'createdAt'>, at = this.now()): WorldPost {
    const made: WorldPost = { ...post, id: this.nextId(at), createdAt: at };
    this.posts.push(made);
    if (this.posts.length > KEPT_POSTS) this.posts = [...this.posts.filter(lasting), ...this.posts.filter((each) => !lasting(each)).slice(-KEPT_POSTS / 2)].sort((a, b) => a.createdAt - b.createdAt);
    this.dirty = true;
    return made;
  }
  user(id: string): WorldUser | undefined {
    return this.users.find((user) => user.id === id);
  }
  byName(username: string): WorldUser | undefined {
    return this.users.find((user) => user.username.toLowerCase() === username.toLowerCase());
  }
  post(id: string): WorldPost | undefined {
    return this.posts.find((post) => post.id === id);
  }
  uploadPath(name: string): string {
    const folder = this.file ? `${this.file}.media` : join(tmpdir(), `parrilla-sandbox-${process.pid}`);
    mkdirSync(folder, { recursive: true });
    return join(folder, name);
  }

  /** Whole file, on the disk before it returns. */
  save(): void {
    this.dirty = false;
    if (!this.file) return;
    const body = JSON.stringify({ version: VERSION, seed: this.seed, told: this.told, lastId: String(this.lastId), savedAt: this.now(), posts: this.posts, uploads: this.uploads, tokens: this.tokens, marks: this.marks });
    const next = `${this.file}.next`;
    const handle = openSync(next, 'w', 0o600);
    try {
      writeSync(handle, body);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(next, this.file);
  }
  saveIfChanged(): void {
    if (this.dirty) this.save();
  }
  keepUpload(name: string, bytes: Uint8Array): void {
    writeFileSync(this.uploadPath(name), bytes);
  }
}
