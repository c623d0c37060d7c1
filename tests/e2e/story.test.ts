import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { type Host, startHost } from '../support/host.ts';
import { portraits } from '../support/portraits.ts';
import { playByKeyboard, playByMouse } from '../support/story.ts';

let browser: Browser;
const hosts: Host[] = [];
beforeAll(async () => {
  browser = await launchBrowser('--lang=en-GB');
});
afterAll(async () => {
  await browser?.close();
  await Promise.all(hosts.map((host) => host.stop()));
});

async function open(size: { width: number; height: number }, colorScheme: 'light' | 'dark') {
  const host = await startHost();
  hosts.push(host);
  const page = await browser.newPage({ viewport: size, colorScheme });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) complaints.push(message.text());
  });
  await page.goto(host.url);
  return { page, profile: host.profile, complaints };
}

describe.concurrent('the whole main job in the browser', () => {
  it('by mouse, in Spanish, with a picture of every screen', async () => {
    const { page, profile, complaints } = await open({ width: 1280, height: 800 }, 'light');
    await playByMouse({ page, lang: 'es', profile, where: 'browser' });
    expect(await portraits(page, 'es')).toBe(60);
    expect(complaints).toEqual([]);
  });
  it('by mouse, in English, dark, with a picture of every screen', async () => {
    const { page, profile, complaints } = await open({ width: 1920, height: 1080 }, 'dark');
    await playByMouse({ page, lang: 'en', profile, where: 'browser' });
    expect(await portraits(page, 'en')).toBe(60);
    expect(complaints).toEqual([]);
  });
  it('by keyboard alone, in English', async () => {
    const { page, profile, complaints } = await open({ width: 1280, height: 800 }, 'light');
    await playByKeyboard({ page, lang: 'en', profile, where: 'browser' });
    expect(complaints).toEqual([]);
  });
  it('by keyboard alone, in Spanish, dark', async () => {
    const { page, profile, complaints } = await open({ width: 1920, height: 1080 }, 'dark');
    await playByKeyboard({ page, lang: 'es', profile, where: 'browser' });
    expect(complaints).toEqual([]);
  });
});
