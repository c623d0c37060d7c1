import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { type InputOf, type MethodName, methods, type OutputOf } from '../../src/shared/contract/index.ts';
import { root } from '../support/host.ts';
import type { Ask, Told } from './child.ts';

const file = join(root, '.cache', 'offline', 'child.mjs');
/** One file of the child, so that many starts are quick. */
export async function buildChild(): Promise<void> {
  await build({
    root, configFile: false, logLevel: 'error',
    build: { ssr: join(root, 'tests/offline/child.ts'), outDir: join(root, '.cache', 'offline'), emptyOutDir: true, target: 'node20', minify: false, rollupOptions: { output: { entryFileNames: 'child.mjs' } } },
  });
}
type Body = Ask extends infer A ? (A extends { id: number } ? Omit<A, 'id'> : never) : never;

/** The program as its user knows it: it may be killed at any moment, is started again, and is asked again what it had not answered. */
export class Program {
  private child: ChildProcess | null = null;
  private readonly waiting = new Map<number, { body: Body; resolve: (told: Told) => void }>();
  private started: Promise<void> | null = null;
  private n = 0;
  private over = false;
  kills = 0;
  private readonly options: { profile: string; apiOrigin: string; sandbox: string; start: number };
  constructor(options: { profile: string; apiOrigin: string; sandbox: string; start: number }) {
    this.options = options;
  }
  now(): number {
    const path = join(this.options.profile, 'now');
    return existsSync(path) ? Number(readFileSync(path, 'utf8')) : this.options.start;
  }
  start(): Promise<void> {
    this.started ??= new Promise((resolve, reject) => {
      const child = fork(file, [JSON.stringify({ profile: this.options.profile, apiOrigin: this.options.apiOrigin, sandbox: this.options.sandbox, now: this.now() + 1000 })], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
      let output = '';
      child.stdout?.on('data', (data: Buffer) => void (output += data.toString('utf8')));
      child.stderr?.on('data', (data: Buffer) => void (output += data.toString('utf8')));
      child.on('message', (told: Told) => {
        if (told.id === 0) {
          for (const [id, { body }] of this.waiting) child.send({ ...body, id } as Ask);
          resolve();
          return;
        }
        this.waiting.get(told.id)?.resolve(told);
        this.waiting.delete(told.id);
      });
      child.on('exit', (code, signal) => {
        this.child = null;
        this.started = null;
        if (this.over) return;
        if (signal !== 'SIGKILL') reject(new Error(`the program ended by itself (${code ?? signal ?? ''}): ${output.slice(-2000)}`));
        else this.start().catch(reject);
      });
      this.child = child;
    });
    return this.started;
  }
  /** Ends it without a word, as a power cut does; it comes back by itself. */
  kill(): void {
    if (!this.child) return;
    this.kills += 1;
    this.child.kill('SIGKILL');
  }
  private async ask(body: Body): Promise<unknown> {
    await this.start();
    const id = (this.n += 1);
    const told = await new Promise<Told>((resolve) => {
      this.waiting.set(id, { body, resolve });
      this.child?.send({ ...body, id } as Ask);
    });
    if (told.code !== undefined) throw Object.assign(new Error(told.code), { code: told.code });
    return told.value;
  }
  call<M extends MethodName>(method: M, input: InputOf<M>): Promise<OutputOf<M>> {
    return this.ask({ method, input, ...(methods[method].kind === 'command' ? { commandId: randomUUID() } : {}) }) as Promise<OutputOf<M>>;
  }
  async advance(ms: number): Promise<void> {
    // An instant, not a span: a program that was killed on the way goes on from where it was.
    await this.start();
    await this.ask({ until: this.now() + ms });
  }
  async stop(): Promise<void> {
    this.over = true;
    await this.ask({ stop: true }).catch(() => undefined);
    this.child?.kill('SIGKILL');
  }
}
