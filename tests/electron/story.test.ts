import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { ElectronApplication } from 'playwright';
import { afterAll, describe, expect, it } from 'vitest';
import { openElectron } from '../support/electronApp.ts';
import { tempProfile } from '../support/memoryPorts.ts';
import { playByKeyboard, playByMouse } from '../support/story.ts';

const running: ElectronApplication[] = [];
afterAll(async () => {
  // Posts that are still due would make the app ask before it quits.
  for (const app of running) await app.evaluate(({ app: inside }) => inside.exit(0)).catch(() => {});
});

async function open(profile?: string) {
  const opened = await openElectron(profile);
  running.push(opened.app);
  return opened;
}

describe.concurrent('the whole main job in a real Electron window', () => {
  it('by mouse, in Spanish', async () => {
    const { page, profile } = await open();
    await playByMouse({ page, lang: 'es', profile, where: 'electron' });
  });
  it('by mouse, in English', async () => {
    const { page, profile } = await open();
    await playByMouse({ page, lang: 'en', profile, where: 'electron' });
  });
  it('by keyboard alone, in English', async () => {
    const { page, profile } = await open();
    await playByKeyboard({ page, lang: 'en', profile, where: 'electron' });
  });
  it('shows a page when the database is of a later version, and leaves it as it is', async () => {
    const profile = tempProfile();
    const path = join(profile, 'parrilla.db');
    const db = new Database(path);
    db.exec('CREATE TABLE later (x); PRAGMA user_version = 99999');
    db.close();
    const bytes = readFileSync(path);
    const { page } = await open(profile);
    await page.getByRole('alert').getByText(/newer version|versión más nueva/).waitFor();
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });
  it('puts what is no database aside, and says where it is', async () => {
    const profile = tempProfile();
    writeFileSync(join(profile, 'parrilla.db'), 'no database at all '.repeat(500));
    const { page } = await open(profile);
    const words = await page.getByTestId('lost-database').textContent();
    const kept = readdirSync(profile).find((name) => name.startsWith('parrilla-lost-')) ?? '';
    expect(words).toContain(kept);
    expect(readFileSync(join(profile, kept), 'utf8')).toBe('no database at all '.repeat(500));
  });
  it('keeps the window in its cage', async () => {
    const { app, page } = await open();
    await page.getByTestId('first-run-es').waitFor();
    expect(page.url()).toBe('app://parrilla/');
    expect(await page.evaluate(() => typeof (globalThis as Record<string, unknown>)['require'])).toBe('undefined');
    expect(await page.evaluate(() => Object.keys((globalThis as unknown as { parrilla: object }).parrilla).sort())).toEqual(['platform', 'request', 'subscribe']);
    await page.evaluate(() => window.open('https://example.org/'));
    await page.evaluate(() => {
      window.location.href = 'file:///etc/hostname';
    });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    expect(page.url()).toBe('app://parrilla/');
    const preferences = await app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> };
      return contents.getLastWebPreferences();
    });
    expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false });
  });
});
