import type { ElectronApplication, Page } from 'playwright';
import { afterAll, describe, it } from 'vitest';
import { openElectron } from '../support/electronApp.ts';
import { tempProfile } from '../support/memoryPorts.ts';
import { type Desk, playTriage, triageLangs } from '../support/triage.ts';

const running: ElectronApplication[] = [];
afterAll(async () => {
  // Posts that are still due would make the app ask before it quits.
  for (const app of running) await app.evaluate(({ app: inside }) => inside.exit(0)).catch(() => {});
});

/** The program and its window: killed without a word, started again on the same profile. */
async function open(url: string): Promise<Desk> {
  const profile = tempProfile();
  const begin = async (): Promise<{ app: ElectronApplication; page: Page }> => {
    const opened = await openElectron(profile, ['--x-api', url]);
    running.push(opened.app);
    opened.page.setDefaultTimeout(30_000);
    return opened;
  };
  let now = await begin();
  return {
    get page() {
      return now.page;
    },
    async kill() {
      const gone = new Promise((resolve) => now.app.process().once('exit', resolve));
      now.app.process().kill('SIGKILL');
      await gone;
    },
    async start() {
      now = await begin();
    },
  };
}

describe.concurrent('thirty mentions and ten posts with no network, in a real Electron window', () => {
  it.for(triageLangs('en'))('arrive once after a kill, in %s', (lang) => playTriage({ open, lang, where: 'electron' }));
});
