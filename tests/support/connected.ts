import type { Browser, Page } from 'playwright';
import { keysOf } from '../../src/sandbox/oauth1.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { type Cable, startCable } from './cable.ts';
import { type Host, startHost } from './host.ts';
import { rpc } from './rpc.ts';
import { launchBrowser } from './browser.ts';

const SEED = 9;
export const PASSPHRASE = 'cuatro palabras que nadie adivina';

/** The built app in a browser, in Spanish, with an account connected by four strings to a network whose line can be cut. */
export interface Connected {
  browser: Browser;
  sandbox: Sandbox;
  cable: Cable;
  host: Host;
  page: Page;
  control(path: string, body: unknown): Promise<{ id: string }>;
  /** Reads the mentions now. */
  lookNow(): Promise<void>;
  close(): Promise<void>;
}
export async function startConnected(): Promise<Connected> {
  const browser = await launchBrowser();
  const sandbox = await startSandbox({ port: 0, pace: 0, seed: SEED });
  const cable = await startCable(sandbox.url);
  const host = await startHost({ args: ['--x-api', cable.url] });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const it: Connected = {
    browser, sandbox, cable, host, page,
    control: async (path, body) => (await fetch(`${sandbox.url}/__sandbox/${path}`, { method: 'POST', headers: { 'x-sandbox-control': '1' }, body: JSON.stringify(body) })).json() as Promise<{ id: string }>,
    async lookNow() {
      const mentions = (await rpc(page, 'columns.list', {})).find((column) => column.source.kind === 'mentions');
      await rpc(page, 'columns.refresh', { columnId: mentions?.id ?? '' });
    },
    async close() {
      await browser.close();
      await it.host.stop();
      await cable.close();
      await sandbox.close();
    },
  };
  await page.goto(host.url);
  await page.getByTestId('first-run-es').click();
  await page.getByTestId('connect-x').click();
  await page.getByTestId('passphrase').fill(PASSPHRASE);
  await page.getByTestId('passphrase-again').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Cifrar con esta contraseña' }).click();
  await page.getByTestId('tab-oauth1').click();
  for (const [name, value] of Object.entries(keysOf(sandbox.world.users[0]!, SEED))) await page.getByTestId(`oauth1-${name}`).fill(value);
  await page.getByTestId('oauth1-connect').click();
  await page.getByTestId('connected').waitFor();
  await page.getByTestId('wizard-done').click();
  await page.locator('[data-testid="column-mentions"] [data-testid="post"]').first().waitFor();
  return it;
}
