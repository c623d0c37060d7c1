import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { type Host, startHost } from '../support/host.ts';
import { tempProfile } from '../support/memoryPorts.ts';
import { type Desk, playTriage, triageLangs } from '../support/triage.ts';

let browser: Browser;
const hosts: Host[] = [];
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await Promise.all(hosts.map((host) => host.stop()));
});

/** The Node host and its page: killed without a word, started again on the same profile. */
async function open(url: string, size: { width: number; height: number }, colorScheme: 'light' | 'dark'): Promise<Desk> {
  const profile = tempProfile();
  const begin = async (): Promise<{ host: Host; page: Page }> => {
    const host = await startHost({ profile, args: ['--x-api', url] });
    hosts.push(host);
    const page = await browser.newPage({ viewport: size, colorScheme });
    page.setDefaultTimeout(30_000);
    await page.goto(host.url);
    return { host, page };
  };
  let now = await begin();
  return {
    get page() {
      return now.page;
    },
    async kill() {
      await now.host.stop('SIGKILL');
      await now.page.close();
    },
    async start() {
      now = await begin();
    },
  };
}

describe.concurrent('thirty mentions and ten posts with no network, in the browser', () => {
  it.for(triageLangs('es'))('arrive once after a kill, in %s', (lang) => playTriage({ open: (url) => (lang === 'es' ? open(url, { width: 1280, height: 800 }, 'light') : open(url, { width: 1920, height: 1080 }, 'dark')), lang, where: 'browser' }));
});
