import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { resources } from '../../src/shared/i18n/index.ts';
import { dragToNow } from './calendar.ts';
import { picture } from './picture.ts';

export interface StoryOptions {
  page: Page;
  lang: 'es' | 'en';
  profile: string;
  /** What its pictures are named by. */
  where: 'browser' | 'electron';
}
/** What the practice network really has, by its own file. */
function countOnNetwork(profile: string, text: string): number {
  const world = JSON.parse(readFileSync(join(profile, 'practice-world.json'), 'utf8')) as { posts: { text: string }[] };
  return world.posts.filter((post) => post.text === text).length;
}
async function shot({ page, where, lang }: StoryOptions, name: string): Promise<void> {
  await picture(page, `${where}-${lang}-${name}`);
}
async function deckFills(page: Page): Promise<void> {
  for (const kind of ['home', 'mentions', 'own']) await page.locator(`[data-testid="column-${kind}"] [data-testid="post"]`).first().waitFor({ timeout: 60_000 });
  const first = await page.locator('[data-testid="column-home"] [data-testid="post"]').first().getAttribute('data-post-id');
  await page.waitForFunction((id) => document.querySelector('[data-testid="column-home"] [data-testid="post"]')?.getAttribute('data-post-id') !== id, first, { timeout: 60_000 });
}
/** Waits for the composer to have kept what was typed; says what stands there where it does not. */
async function kept(page: Page, lang: 'es' | 'en'): Promise<void> {
  await page.getByTestId('save-mark').getByText(resources[lang].translation.composer.saved).waitFor().catch(async (cause: unknown) => {
    const there = await page.evaluate(() => ({ focus: document.activeElement?.outerHTML.slice(0, 200), words: document.querySelector('[data-testid="composer"]')?.textContent, text: document.querySelector<HTMLTextAreaElement>('[data-testid="composer-text"]')?.value, notices: document.querySelector('.mantine-Notifications-root')?.textContent }));
    throw new Error(`the draft was not kept: ${JSON.stringify(there)}`, { cause });
  });
}
async function published(options: StoryOptions, text: string): Promise<void> {
  const { page, profile } = options;
  await page.locator(`[data-testid="chip"][data-state="posted"]`, { hasText: text.slice(0, 12) }).waitFor({ timeout: 180_000 });
  await shot(options, 'published');
  expect(countOnNetwork(profile, text)).toBe(1);
}

/** The whole main job by mouse: first run, deck, a draft dragged two minutes ahead, a premium too many refused and fixed, the post published. */
export async function playByMouse(options: StoryOptions): Promise<void> {
  const { page, lang } = options;
  const text = `Cierre contable paso a paso ${lang} ${Date.now()}`;
  await page.getByTestId(`first-run-${lang}`).click();
  await shot(options, 'first');
  await page.getByTestId('try-practice').click();
  await deckFills(page);
  await shot(options, 'deck');

  await page.getByTestId('new-post').click();
  await page.getByTestId('composer-text').fill(text);
  await kept(page, lang);
  await page.getByTestId('composer-close').click();
  await page.getByTestId('nav-calendar').click();
  const card = page.getByTestId('draft-card').filter({ hasText: text });
  await card.waitFor();
  await dragToNow(page, card);
  await page.locator('[data-testid="chip"][data-state="scheduled"]').first().waitFor();
  await shot(options, 'scheduled');

  // One premium more than the share: refused in words, with ways out that work.
  const refusal = page.getByTestId('refusal');
  for (let i = 0; i < 14; i += 1) {
    await page.getByTestId('new-post').click();
    await page.getByTestId('composer-text').fill(`Para suscriptores ${lang} ${i}`);
    await page.getByTestId('tier-premium').click();
    await page.getByTestId('composer-schedule').click();
    const refused = await Promise.race([refusal.waitFor().then(() => true), page.getByTestId('composer').waitFor({ state: 'detached' }).then(() => false)]);
    if (refused) break;
  }
  await refusal.waitFor();
  await shot(options, 'refused');
  expect(await refusal.locator('li').first().textContent()).toMatch(/premium|prémium/);
  const fix = refusal.locator('[data-testid="fix-exchange"], [data-testid="fix-takePlace"], [data-testid="fix-earlier"], [data-testid="fix-later"], [data-testid="fix-retier"]').first();
  await fix.click();
  await refusal.waitFor({ state: 'detached' });
  await page.getByTestId('composer').waitFor({ state: 'detached' });
  await shot(options, 'fixed');

  await published(options, text);
  await page.getByTestId('nav-deck').click();
  await page.locator('[data-testid="column-own"]').getByText(text).waitFor({ timeout: 60_000 });
  await shot(options, 'own');
}

async function tabTo(page: Page, selector: string, most = 120): Promise<void> {
  for (let i = 0; i < most; i += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reached ${selector}`);
}

/** The same by keyboard alone. */
export async function playByKeyboard(options: StoryOptions): Promise<void> {
  const { page, lang } = options;
  const text = `Solo con teclado ${lang} ${Date.now()}`;
  await page.getByTestId('first-run-es').waitFor();
  await tabTo(page, `[data-testid="first-run-${lang}"]`);
  await page.keyboard.press('Enter');
  await page.getByTestId('try-practice').waitFor();
  await tabTo(page, '[data-testid="try-practice"]');
  await page.keyboard.press('Enter');
  await deckFills(page);
  await page.keyboard.press('j');
  await page.keyboard.press('l');

  await page.keyboard.press('n');
  await page.getByTestId('composer-text').waitFor();
  await tabTo(page, '[data-testid="composer-text"]');
  await page.keyboard.insertText(text);
  await kept(page, lang);
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await page.getByTestId('draft-card').first().waitFor();
  await tabTo(page, '[data-testid="draft-card"]', 400);
  await page.keyboard.press('m');
  await page.getByTestId('move-words').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Escape');
  await tabTo(page, '[data-testid="draft-card"]', 400);
  await page.keyboard.press('m');
  await shot(options, 'moving');
  await page.keyboard.press('Enter');
  await page.locator('[data-testid="chip"][data-state="scheduled"]').first().waitFor();

  const refusal = page.getByTestId('refusal');
  for (let i = 0; i < 14; i += 1) {
    await page.locator('body').press('n');
    await page.getByTestId('composer-text').waitFor();
    await tabTo(page, '[data-testid="composer-text"]');
    await page.keyboard.insertText(`Para suscriptores teclado ${lang} ${i}`);
    await tabTo(page, '[data-testid="composer-tier"] input');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Control+Enter');
    const refused = await Promise.race([refusal.waitFor().then(() => true), page.getByTestId('composer').waitFor({ state: 'detached' }).then(() => false)]);
    if (refused) break;
  }
  await refusal.waitFor();
  await tabTo(page, '[data-testid="refusal"] button:not([data-testid="fix-override"])');
  await page.keyboard.press('Enter');
  await refusal.waitFor({ state: 'detached' });
  await published(options, text);
  await page.locator('body').press('g');
  await page.keyboard.press('d');
  await page.locator('[data-testid="column-own"]').getByText(text).waitFor({ timeout: 60_000 });
}
