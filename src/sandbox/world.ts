import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { snowflakeAt } from '../shared/domain/ids.ts';
import { cast } from './people.ts';
import { seeded } from './random.ts';
import { nextSaid, ownSaid } from './story.ts';
import type { Upload, WorldPost, WorldUser } from './types.ts';

const KEPT_POSTS = 4000;
const HOME_BACK = 190;
const OWN_BACK = 30;
const MOST_CAUGHT_UP = 40;
const THREE_DAYS = 3 * 86_400_000;

const fileSchema = z.object({
  version: z.literal(1), seed: z.number(), told: z.number(), lastId: z.string(), savedAt: z.number(),
  posts: z.array(z.looseObject({ id: z.string(), authorId: z.string(), text: z.string(), createdAt: z.number(), lang: z.string() })),
  reposts: z.array(z.object({ userId: z.string(), postId: z.string() })),
  uploads: z.array(z.object({ id: z.string(), ownerId: z.string(), mime: z.string(), alt: z.string().nullable(), file: z.string(), expiresAt: z.number().optional(), readyAt: z.number().optional() })),
  tokens: z.record(z.string(), z.unknown()),
});

/** Everything that is so on the practice network. Writes that came through the API are on the disk before they are answered. */
export class World {
  readonly users: WorldUser[] = cast();
  posts: WorldPost[] = [];
  reposts: { userId: string; postId: string }[] = [];
  uploads: Upload[] = [];
  /** OAuth 2 state, kept with the world so that a restart logs nobody out. */
  tokens: Record<string, unknown> = {};
  seed: number;
  offsetMs = 0;
  private told = 0;
  private lastId = 0n;
  private random: () => number;
  private readonly file: string | null;
  private readonly base: () => number;
  private dirty = false;
  constructor(options: { seed: number; file: string | null; clock: () => number; warn: (text: string) => void }) {
    this.seed = options.seed;
    this.file = options.file;
    this.base = options.clock;
    this.random = seeded(options.seed);
    if (options.file) mkdirSync(dirname(options.file), { recursive: true });
    if (options.file && existsSync(options.file) && this.load(options.file, options.warn)) this.catchUp();
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
      this.reposts = found.reposts;
      this.uploads = found.uploads;
      this.tokens = found.tokens;
      this.random = seeded(this.seed + this.told * 7);
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
    const moments: { at: number; own: boolean }[] = [
      ...Array.from({ length: HOME_BACK }, (_, i) => ({ at: now - Math.floor(((HOME_BACK - i) / HOME_BACK) ** 2 * THREE_DAYS) - 4000, own: false })),
      ...Array.from({ length: OWN_BACK }, (_, i) => ({ at: now - Math.floor(((OWN_BACK - i) / OWN_BACK) * THREE_DAYS) - 9000, own: true })),
    ].sort((a, b) => a.at - b.at);
    let own = 0;
    for (const moment of moments) {
      if (moment.own) this.add({ authorId: brand.id, text: ownSaid(this.random, own++).text, lang: 'es' }, moment.at);
      else this.tell(moment.at);
    }
    const edited = this.posts.findLast((post) => post.authorId !== brand.id && !post.repostOfId && !post.quotedId);
    if (edited) edited.editHistory = [String(BigInt(edited.id) - 4096n)];
  }
  /** After a pause: a little of what was said meanwhile. */
  private catchUp(): void {
    const many = Math.min(MOST_CAUGHT_UP, Math.floor(this.awayMs / 30_000));
    const now = this.now();
    for (let i = 0; i < many; i += 1) this.tell(now - Math.floor(((many - i) / many) * Math.min(this.awayMs, 3_600_000)));
  }

  /** Somebody says the next thing. */
  tell(at = this.now()): WorldPost {
    this.told += 1;
    const said = nextSaid(this.random, this.users, this.posts.slice(-30).filter((post) => !post.deleted), 100 + this.told, at);
    this.dirty = true;
    return this.add({ ...said.post, authorId: said.author.id }, at);
  }
  nextId(at = this.now()): string {
    const wanted = BigInt(snowflakeAt(at)) + BigInt(Math.floor(this.random() * 4000));
    this.lastId = wanted > this.lastId ? wanted : this.lastId + 1n;
    return String(this.lastId);
  }
  add(post: Omit<WorldPost, 'id' | 'createdAt'>, at = this.now()): WorldPost {
    const made: WorldPost = { ...post, id: this.nextId(at), createdAt: at };
    this.posts.push(made);
    if (this.posts.length > KEPT_POSTS) this.posts = [...this.posts.filter((each) => each.viaApi), ...this.posts.filter((each) => !each.viaApi).slice(-KEPT_POSTS / 2)].sort((a, b) => a.createdAt - b.createdAt);
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
    const body = JSON.stringify({ version: 1, seed: this.seed, told: this.told, lastId: String(this.lastId), savedAt: this.now(), posts: this.posts, reposts: this.reposts, uploads: this.uploads, tokens: this.tokens });
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
