import type { Capabilities } from '../../shared/contract/host.ts';

/** Wall and monotonic time, and the only timers of core: a test moves it. */
export interface Clock {
  /** Epoch ms. */
  now(): number;
  /** Monotonic ms; only differences mean something. */
  monotonic(): number;
  /** Ms since the computer started, sleep included; only differences mean something. Absent where the system does not tell. */
  bootTime?(): number;
  /** Calls `fn` once after `ms`; the returned function cancels. */
  timer(fn: () => void, ms: number): () => void;
}

export interface Random {
  bytes(n: number): Uint8Array;
  /** In [0, 1): jitter and ids, never secrets. */
  fraction(): number;
}

/** The operating system's keychain. Every call may reject; nothing falls back silently. */
export interface SecretStore {
  available(): Promise<boolean>;
  get(name: string): Promise<string | null>;
  set(name: string, value: string): Promise<void>;
  delete(name: string): Promise<void>;
}

export interface Notifier {
  /** `unlessLooking`: not while the window has the focus. `silent`: without the system's own sound. */
  notify(message: { title: string; body: string; tag: string; silent: boolean; unlessLooking?: true }): void;
}

export interface PowerEvents {
  /** Returns the unsubscribe function. */
  on(listener: (event: 'suspend' | 'resume') => void): () => void;
}

export interface Shell {
  /** Opens an https address in the system browser; false where this host cannot. */
  openExternal(url: string): Promise<boolean>;
}

export interface Paths {
  /** The profile folder: database, media, image cache, practice world. */
  profile: string;
  database: string;
  media: string;
  images: string;
  practiceWorld: string;
}

/** Starts the sandbox network as a process of its own and answers its loopback address. */
export interface PracticeNetwork {
  /** Starts it when it is not running; rejects with AppError `practice_unavailable`. */
  ensure(): Promise<{ url: string }>;
  /** A second network with a world of its own that is thrown away, for a rehearsal. */
  rehearsal(): Promise<{ url: string; stop(): Promise<void> }>;
  stop(): Promise<void>;
}

export interface Log {
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

/** Everything core needs from its host. */
export interface Ports {
  clock: Clock;
  random: Random;
  secrets: SecretStore;
  notifier: Notifier;
  power: PowerEvents;
  shell: Shell;
  paths: Paths;
  practice: PracticeNetwork;
  /** Used for remote images. */
  fetch: typeof fetch;
  log: Log;
  capabilities: Omit<Capabilities, 'secretBackend'>;
  /** `https://api.x.com`, or the loopback address of `--x-api`. */
  apiOrigin: string;
  version: string;
  /** IANA zone of the computer. */
  zone: string;
  systemLang: 'es' | 'en';
  /** Called at named places of the publishing path: tests kill the process there. Absent in the app. */
  point?(name: string): void;
  /** The profile is thrown away: a rehearsal's. No copies are made of it. */
  fleeting?: true;
  /** Path of better-sqlite3's addon where the packaged one does not fit the runtime. */
  nativeBinding?: string;
}
