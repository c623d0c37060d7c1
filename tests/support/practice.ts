import type { Browser } from 'playwright';
import { launchBrowser } from './browser.ts';
import { type Host, startHost } from './host.ts';

export interface Practice {
  browser: Browser;
  host: Host;
}
/** A browser, and the built host with the practice account, on their way at the same time; `more` flags for the host. */
export async function startPractice(more: readonly string[] = []): Promise<Practice> {
  const [browser, host] = await Promise.all([launchBrowser(), startHost({ args: ['--practice', ...more] })]);
  return { browser, host };
}
/** Ends both, or what there is of them. */
export async function endPractice({ browser, host }: Partial<Practice>): Promise<void> {
  await Promise.all([browser?.close(), host?.stop()]);
}
