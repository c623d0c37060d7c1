import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const KEPT = 20;
const fileSchema = z.object({ links: z.array(z.string()).max(KEPT), sessions: z.array(z.string()).max(KEPT) });
type File = z.infer<typeof fileSchema>;

const hash = (token: string): string => createHash('sha256').update(token).digest('base64url');
const same = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
const newest = (hashes: string[]): string[] => [...new Set(hashes)].slice(-KEPT);

/**
 * One-time links and browser sessions of a profile. Only hashes are written, so that the file lets nobody in;
 * it is a file so that a cookie outlives a restart and `--new-link` can add a link from another process. Where it cannot
 * be written they live as long as this process.
 */
export class Links {
  readonly path: string;
  private readonly spent = new Set<string>();
  /** What could not be written. */
  private held: File = { links: [], sessions: [] };
  private readonly onUnwritten: (cause: unknown) => void;
  /** `onUnwritten` hears why the file could not be written; it may throw. */
  constructor(profile: string, onUnwritten: (cause: unknown) => void) {
    this.path = join(profile, 'browser-access.json');
    this.onUnwritten = onUnwritten;
  }
  /** A new 256-bit one-time token. */
  issue(): string {
    const token = randomBytes(32).toString('base64url');
    const file = this.read();
    this.write({ ...file, links: newest([...file.links, hash(token)]) });
    return token;
  }
  /** Uses a link up; answers the session for the cookie, or null when the link is unknown or used. */
  redeem(token: string): string | null {
    const file = this.read();
    const wanted = hash(token);
    if (!file.links.some((link) => same(link, wanted))) return null;
    const session = randomBytes(32).toString('base64url');
    this.spent.add(wanted);
    this.write({ links: file.links.filter((link) => !same(link, wanted)), sessions: newest([...file.sessions, hash(session)]) });
    return session;
  }
  holds(session: string): boolean {
    const wanted = hash(session);
    return this.read().sessions.some((known) => same(known, wanted));
  }
  private read(): File {
    const { links, sessions } = this.stored();
    return {
      links: newest([...links, ...this.held.links]).filter((link) => !this.spent.has(link)),
      sessions: newest([...sessions, ...this.held.sessions]),
    };
  }
  private stored(): File {
    try {
      return fileSchema.parse(JSON.parse(readFileSync(this.path, 'utf8')));
    } catch {
      // Missing or damaged: nobody is let in, a new link starts it afresh.
      return { links: [], sessions: [] };
    }
  }
  private write(file: File): void {
    const next = `${this.path}.${process.pid}.tmp`;
    try {
      writeFileSync(next, JSON.stringify(file), { mode: 0o600 });
      renameSync(next, this.path);
      this.held = { links: [], sessions: [] };
    } catch (cause) {
      this.held = file;
      this.onUnwritten(cause);
    } finally {
      rmSync(next, { force: true });
    }
  }
}
