import { type BrowserWindow, dialog } from 'electron';
import type { Log } from '../core/ports.ts';
import { hostWord, type Lang } from './words.ts';

/** Loads again by itself at most this often within a minute. */
const RELOADS = 3;
const SPAN_MS = 60_000;

/**
 * A window that crashed is loaded again, one that hangs can be waited for or opened again. Core lives in this process: what was
 * written is saved, and sending goes on meanwhile.
 */
export function recoverWindow(window: BrowserWindow, options: { log: Log; lang(): Lang; quit(): void }): void {
  const { log } = options;
  const word = (key: Parameters<typeof hostWord>[1]): string => hostWord(options.lang(), key);
  let crashes: number[] = [];
  let asking: AbortController | null = null;
  window.webContents.on('render-process-gone', (_, details) => {
    if (details.reason === 'clean-exit' || window.isDestroyed()) return;
    log.error('the window crashed', { reason: details.reason, code: details.exitCode });
    asking?.abort();
    const now = performance.now();
    crashes = [...crashes.filter((at) => now - at < SPAN_MS), now];
    if (crashes.length <= RELOADS) {
      window.webContents.reload();
      return;
    }
    crashes = [];
    void dialog
      .showMessageBox(window, { type: 'error', title: 'Parrilla', message: word('failing'), detail: word('failingBody'), buttons: [word('openAgain'), word('close')], defaultId: 0, cancelId: 0 })
      .then(({ response }) => (response === 0 ? window.webContents.reload() : options.quit()));
  });
  window.on('unresponsive', () => {
    log.warn('the window does not respond', {});
    asking?.abort();
    const question = new AbortController();
    asking = question;
    void dialog
      .showMessageBox(window, { type: 'warning', title: 'Parrilla', message: word('hung'), detail: word('hungBody'), buttons: [word('wait'), word('openAgain')], defaultId: 0, cancelId: 0, signal: question.signal })
      // A hung page answers no reload: it is ended, and the crash handler loads it again.
      .then(({ response }) => {
        if (response === 1 && !question.signal.aborted) window.webContents.forcefullyCrashRenderer();
      });
  });
  window.on('responsive', () => asking?.abort());
}
