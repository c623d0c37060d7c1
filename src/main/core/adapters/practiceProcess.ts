import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Log, PracticeNetwork } from '../ports.ts';

const READY = /sandbox ready: (http:\/\/127\.0\.0\.1:\d+)/;
const START_MS = 20_000;

/** A child process as both hosts can start one (child_process in Node, utilityProcess in Electron). */
export interface ChildHandle {
  onStdout(listener: (text: string) => void): void;
  onStderr(listener: (text: string) => void): void;
  onExit(listener: (code: number | null) => void): void;
  /** Asks it to end. */
  end(): void;
}

/** The sandbox network as a process of its own beside the app; started when first needed, again when it died. */
export function practiceProcess(start: (args: string[]) => ChildHandle, world: string, log: Log): PracticeNetwork {
  let running: { url: Promise<{ url: string }>; child: ChildHandle; exited: Promise<void> } | null = null;
  const launch = (): NonNullable<typeof running> => {
    const child = start(['--port', '0', '--world', world, '--exit-with-parent']);
    let markExited: () => void = () => {};
    const exited = new Promise<void>((resolve) => {
      markExited = resolve;
    });
    const url = new Promise<{ url: string }>((resolve, reject) => {
      let seen = '';
      let complaint = '';
      const late = setTimeout(() => reject(new AppError('practice_unavailable', { detail: 'no answer' })), START_MS);
      child.onStdout((text) => {
        seen = (seen + text).slice(-4000);
        const match = READY.exec(seen);
        if (!match?.[1]) return;
        clearTimeout(late);
        resolve({ url: match[1] });
      });
      child.onStderr((text) => {
        complaint = (complaint + text).slice(-2000);
      });
      child.onExit((code) => {
        clearTimeout(late);
        if (code !== 0) log.warn('the practice network ended', { code, complaint });
        running = null;
        markExited();
        reject(new AppError('practice_unavailable', { detail: complaint.slice(-200) || `exit ${code ?? '?'}` }));
      });
    });
    return { url, child, exited };
  };
  return {
    async rehearsal() {
      // Its own folder beside the world, gone with it.
      const folder = mkdtempSync(join(tmpdir(), 'parrilla-rehearsal-'));
      const other = practiceProcess(start, join(folder, 'world.json'), log);
      try {
        const { url } = await other.ensure();
        return {
          url,
          async stop() {
            await other.stop();
            rmSync(folder, { recursive: true, force: true });
          },
        };
      } catch (cause) {
        rmSync(folder, { recursive: true, force: true });
        throw cause;
      }
    },
    ensure() {
      running ??= launch();
      return running.url;
    },
    async stop() {
      const last = running;
      if (!last) return;
      last.child.end();
      await Promise.race([last.exited, new Promise((resolve) => setTimeout(resolve, 3000))]);
    },
  };
}
