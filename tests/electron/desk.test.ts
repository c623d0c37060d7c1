import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { ElectronApplication, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InputOf, MethodName, OutputOf } from '../../src/shared/contract/index.ts';
import { methods } from '../../src/shared/contract/index.ts';
import type { HostFrame } from '../../src/shared/contract/frames.ts';
import { keysOf } from '../../src/sandbox/oauth1.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { until } from '../support/core.ts';
import { electronCommand, openElectron } from '../support/electronApp.ts';
import { root } from '../support/host.ts';
import { tempProfile } from '../support/memoryPorts.ts';

const running: ElectronApplication[] = [];
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, pace: 0, seed: 5 });
});
afterAll(async () => {
  for (const app of running) await app.evaluate(({ app: inside }) => inside.exit(0)).catch(() => {});
  await sandbox?.close();
});
async function open(profile = tempProfile(), flags: string[] = []) {
  const opened = await openElectron(profile, flags);
  running.push(opened.app);
  return opened;
}
interface Bridged {
  parrilla: { request(frame: unknown): Promise<HostFrame | null>; subscribe(listener: (frame: HostFrame) => void): () => void };
}
/** One call over the window's own bridge. */
async function call<M extends MethodName>(page: Page, method: M, input: InputOf<M>): Promise<OutputOf<M>> {
  const frame = { t: 'request', id: randomUUID(), method, input, ...(methods[method].kind === 'command' ? { commandId: randomUUID() } : {}) };
  const answer = await page.evaluate((sent) => new Promise<HostFrame>((resolve) => {
    const { parrilla } = globalThis as unknown as Bridged;
    const stop = parrilla.subscribe((got) => {
      if (!('id' in got) || got.id !== (sent as { id: string }).id) return;
      stop();
      resolve(got);
    });
    void parrilla.request(sent);
  }), frame as object);
  if (answer.t !== 'response') throw new Error(JSON.stringify(answer));
  return answer.output as OutputOf<M>;
}
const labels = (app: ElectronApplication): Promise<string[]> => app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map((item) => item.label) ?? []);

describe('the desktop around the window', () => {
  it('has a menu in the language of the app, and the tray says what goes out next', async () => {
    const { app, page } = await open();
    await page.getByTestId('first-run-es').click();
    await expect.poll(() => labels(app)).toEqual(['Archivo', 'Edición', 'Ir', 'Ver', 'Ayuda']);
    await app.evaluate(({ Tray }) => {
      const seen = globalThis as unknown as { tray: Electron.Menu | undefined };
      Tray.prototype.setContextMenu = (menu) => {
        seen.tray = menu ?? undefined;
      };
    });
    const tray = (): Promise<string[]> => app.evaluate(() => (globalThis as unknown as { tray: Electron.Menu | undefined }).tray?.items.map((item) => item.label).filter((label) => label !== '') ?? []);
    await page.getByTestId('try-practice').click();
    await page.getByTestId('new-post').waitFor();
    await expect.poll(tray).toEqual(['Próxima: nada programado', 'Abrir Parrilla', 'Nueva entrada', 'Pausar envíos…', 'Salir de Parrilla']);
    const [account] = await call(page, 'accounts.list', {});
    const saved = await call(page, 'publications.save', { accountId: account!.id, text: 'El cierre, por partes', tier: 'free', tierReason: null, media: [] });
    if (saved.result !== 'placed') throw new Error('refused');
    await call(page, 'publications.place', { id: saved.publication.id, at: 'nextFree' });
    await expect.poll(async () => (await tray())[0]).toMatch(/^Próxima: .+ · El cierre, por partes$/);
    // Chosen in the tray, done in the window.
    await app.evaluate(() => (globalThis as unknown as { tray: Electron.Menu }).tray.items.find((item) => item.label === 'Pausar envíos…')?.click());
    await page.getByRole('dialog').getByRole('button', { name: 'Pausar', exact: true }).click();
    await page.getByTestId('paused').waitFor();
    await expect.poll(tray).toContain('Reanudar envíos');
    await app.evaluate(() => (globalThis as unknown as { tray: Electron.Menu }).tray.items.find((item) => item.label === 'Reanudar envíos')?.click());
    await page.getByTestId('paused').waitFor({ state: 'detached' });
    await call(page, 'settings.set', { lang: 'en' });
    await expect.poll(() => labels(app)).toEqual(['File', 'Edit', 'Go', 'View', 'Help']);
    await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('calendar')?.click());
    await page.getByTestId('calendar').waitFor();
    await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('newPost')?.click());
    await page.getByTestId('composer-text').waitFor();
    // With a post due the app asks before it quits, and goes on sending meanwhile: the question does not block.
    await app.evaluate(({ dialog }) => {
      const seen = globalThis as unknown as { asked: { message: string } | undefined; answer: (response: number) => void };
      dialog.showMessageBox = ((_: unknown, options: { message: string }) => {
        seen.asked = options;
        return new Promise((resolve) => {
          seen.answer = (response) => resolve({ response, checkboxChecked: false });
        });
      }) as typeof dialog.showMessageBox;
    });
    const placed = await call(page, 'publications.list', { states: ['scheduled'] });
    expect(placed).toHaveLength(1);
    await app.evaluate(({ app: inside }) => inside.quit());
    await expect.poll(() => app.evaluate(() => (globalThis as unknown as { asked: { message: string } | undefined }).asked?.message ?? null).then((said) => said ?? (placed[0]!.dueAt! > Date.now() + 12 * 3_600_000 ? 'far' : null))).toMatch(/1 post due|far/);
    expect(await call(page, 'host.info', {})).toMatchObject({ capabilities: { host: 'electron', tray: true } });
  });

  it('a second program on the same profile ends at once and brings the first one forward', async () => {
    const { app, page, profile } = await open();
    await page.getByTestId('first-run-es').waitFor();
    await app.evaluate(({ app: inside, BrowserWindow }) => {
      const seen = globalThis as unknown as { asked: number };
      seen.asked = 0;
      BrowserWindow.getAllWindows()[0]!.minimize();
      inside.on('second-instance', () => { seen.asked += 1; });
    });
    const { command, args, env } = electronCommand(profile);
    const second = spawnSync(command, args, { env, encoding: 'utf8', timeout: 30_000 });
    expect(second.status).toBe(0);
    expect(second.stdout).toContain('open already');
    await expect.poll(() => app.evaluate(() => (globalThis as unknown as { asked: number }).asked)).toBe(1);
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.isMinimized())).toBe(false);
    // The Node host is refused too, by the lock of the profile, and told who holds it.
    const node = spawnSync(process.execPath, [join(root, 'out', 'main', 'node.js'), '--browser', '--no-open', '--profile', profile], { encoding: 'utf8', timeout: 30_000 });
    expect(node.status).not.toBe(0);
    expect(node.stderr + node.stdout).toContain(`(${await app.evaluate(() => process.pid)})`);
  });

  it('a window whose process is killed comes back with the text that was being written', async () => {
    const { app, page } = await open();
    await page.getByTestId('first-run-en').click();
    await page.getByTestId('try-practice').click();
    await page.getByTestId('new-post').click();
    await page.getByTestId('composer-text').fill('Half a sentence, and then');
    await page.getByTestId('save-mark').getByText('Saved').waitFor();
    await app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]!.webContents;
      const seen = globalThis as unknown as { loads: number };
      seen.loads = 0;
      contents.on('did-finish-load', () => { seen.loads += 1; });
      process.kill(contents.getOSProcessId(), 'SIGKILL');
    });
    await expect.poll(() => app.evaluate(() => (globalThis as unknown as { loads: number }).loads), { timeout: 20_000 }).toBe(1);
    const text = (): Promise<string> => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.executeJavaScript("document.querySelector('[data-testid=composer-text]')?.value ?? ''") as Promise<string>);
    await expect.poll(text, { timeout: 20_000 }).toBe('Half a sentence, and then');
  });

  it('killed between attempt and answer, it finds the post on the network and sends none twice', async () => {
    const flags = ['--x-api', sandbox.url];
    const first = await open(undefined, flags);
    const { page, profile } = first;
    await page.getByTestId('first-run-en').waitFor();
    await call(page, 'settings.set', { lang: 'en' });
    await call(page, 'secrets.unlock', { how: 'passphrase', passphrase: 'a long enough one' });
    const account = await call(page, 'accounts.connectOAuth1', keysOf(sandbox.world.users[0]!, 5));
    const saved = await call(page, 'publications.save', { accountId: account.id, text: 'Sent once, whatever happens', tier: 'free', tierReason: null, media: [] });
    if (saved.result !== 'placed') throw new Error('refused');
    await fetch(`${sandbox.url}/__sandbox/faults`, { method: 'POST', headers: { 'x-sandbox-control': '1' }, body: JSON.stringify({ match: { path: '/2/tweets', method: 'POST' }, kind: 'hangAfterAccept' }) }).then(async (response) => {
      if (!response.ok) throw new Error(await response.text());
    });
    const there = (): number => sandbox.world.posts.filter((post) => post.text === 'Sent once, whatever happens').length;
    await call(page, 'publications.sendNow', { id: saved.publication.id });
    await until(() => there() === 1, 30_000, 'the network to take it');
    first.app.process().kill('SIGKILL');
    await new Promise((resolve) => first.app.process().once('exit', resolve));
    const again = await open(profile, flags);
    await again.page.getByTestId('nav-deck').waitFor();
    await call(again.page, 'secrets.unlock', { how: 'passphrase', passphrase: 'a long enough one' });
    await until(async () => (await call(again.page, 'publications.get', { id: saved.publication.id })).state === 'posted', 90_000, 'the post to be found');
    expect(there()).toBe(1);
  });
});

describe('a system that shuts down', () => {
  it('is not held up by the question before quitting, whatever is due', async () => {
    const { app, page } = await open(tempProfile(), ['--practice']);
    await page.getByTestId('first-run-es').click();
    await page.getByTestId('new-post').waitFor();
    const [account] = await call(page, 'accounts.list', {});
    const saved = await call(page, 'publications.save', { accountId: account?.id ?? '', text: 'Sale dentro de poco', tier: 'free', tierReason: null, media: [] });
    if (saved.result !== 'placed') throw new Error('refused');
    expect((await call(page, 'publications.place', { id: saved.publication.id, at: 'nextFree' })).result).toBe('placed');
    const gone = new Promise((resolve) => app.process().once('exit', (code, signal) => resolve([code, signal])));
    app.process().kill('SIGTERM');
    expect(await gone).toEqual([0, null]);
  });
});

describe('the first sight of a window', () => {
  it('shows the first column from what is stored, in the theme chosen, and gives way to the screens', async () => {
    const first = await open();
    await first.page.getByTestId('first-run-es').click();
    await first.page.getByTestId('try-practice').click();
    const post = first.page.locator('[data-testid="column-home"] [data-testid="post"]').first();
    await post.waitFor();
    await call(first.page, 'settings.set', { theme: 'dark' });
    expect(await first.page.evaluate(() => performance.getEntriesByName('first-sight').length)).toBe(0);
    await first.app.close();
    const again = await open(first.profile);
    await again.page.locator('[data-testid="column-home"] [data-testid="post"]').first().waitFor();
    expect(await again.page.evaluate(() => ({
      drawn: performance.getEntriesByName('first-sight').length, left: document.querySelectorAll('#first-sight, #first-sight-data').length, theme: document.documentElement.dataset['mantineColorScheme'],
    }))).toEqual({ drawn: 1, left: 0, theme: 'dark' });
    // Loaded again, core is there at once: nothing is shown twice.
    await again.page.reload();
    await again.page.locator('[data-testid="column-home"] [data-testid="post"]').first().waitFor();
    expect(await again.page.evaluate(() => performance.getEntriesByName('first-sight').length)).toBe(0);
  });
});

describe('attacks on the window', () => {
  it('opens nothing, goes nowhere, gets no permission, and a stranger frame is not heard', async () => {
    const { app, page } = await open();
    await page.getByTestId('first-run-es').waitFor();
    await app.evaluate(({ shell }) => {
      const seen = globalThis as unknown as { opened: string[] };
      seen.opened = [];
      shell.openExternal = (url) => {
        seen.opened.push(url);
        return Promise.resolve();
      };
    });
    for (const url of ['file:///etc/hostname', 'javascript:alert(1)', 'data:text/html,x', 'http://example.com/', 'app://elsewhere/', 'smb://example.com/x', 'https://example.com/fine']) await page.evaluate((to) => window.open(to), url);
    for (const url of ['file:///etc/hostname', 'data:text/html,x', 'https://example.com/', 'app://parrilla.example.com/', 'app://elsewhere/']) {
      await page.evaluate((to) => {
        const link = document.createElement('a');
        link.href = to;
        document.body.append(link);
        link.click();
      }, url);
    }
    await page.evaluate(() => {
      const form = document.createElement('form');
      form.action = 'https://example.com/steal';
      form.method = 'post';
      document.body.append(form);
      form.submit();
    });
    expect(await page.evaluate(() => fetch('https://example.com/').then(() => 'went', () => 'refused'))).toBe('refused');
    expect(await page.evaluate(() => fetch('app://parrilla/..%2f..%2fpackage.json').then(async (answer) => answer.status))).toBe(404);
    expect(await page.evaluate(() => fetch('app://parrilla/%00').then((answer) => answer.status))).toBe(404);
    expect(await page.evaluate(() => fetch('app://parrilla/%E0%A4%A').then((answer) => answer.status, () => 'refused'))).not.toBe(200);
    expect(await page.evaluate(() => Notification.permission)).toBe('denied');
    for (const name of ['geolocation', 'camera', 'microphone', 'notifications', 'midi'] as const) {
      expect(await page.evaluate((each) => navigator.permissions.query({ name: each as PermissionName }).then((status) => status.state, () => 'denied'), name), name).toBe('denied');
    }
    expect(await page.evaluate(() => navigator.mediaDevices.getUserMedia({ audio: true }).then(() => 'given', () => 'refused'))).toBe('refused');
    // A frame put into the page has no bridge, and nothing of what it says is heard.
    expect(await page.evaluate(() => new Promise((resolve) => {
      const frame = document.createElement('iframe');
      frame.srcdoc = '<p>stranger</p>';
      frame.onload = () => resolve(typeof (frame.contentWindow as unknown as { parrilla?: unknown } | null)?.parrilla);
      document.body.append(frame);
      setTimeout(() => resolve('undefined'), 2000);
    }))).toBe('undefined');
    expect(await page.evaluate(() => { const script = document.createElement('script'); script.textContent = 'window.ran = true'; document.body.append(script); return 'ran' in window; })).toBe(false);
    expect(page.url()).toBe('app://parrilla/');
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    expect(await app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened)).toEqual(['https://example.com/fine']);
    expect(await page.evaluate(() => (globalThis as unknown as Bridged).parrilla.request('garbage'))).toBeNull();
    // Asked of the page itself: Playwright would wait for the navigations that were refused.
    expect(await page.evaluate(() => document.querySelector('[data-testid=first-run-es]') !== null)).toBe(true);
  });
});
