import type { Page } from 'playwright';
import { expect } from 'vitest';
import { keysOf } from '../../src/sandbox/oauth1.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { addDays, instantToWall } from '../../src/shared/domain/time.ts';
import { resources } from '../../src/shared/i18n/index.ts';
import { startCable } from './cable.ts';
import { until } from './core.ts';
import { picture } from './picture.ts';

const SEED = 9;
const PASSPHRASE = 'cuatro palabras que nadie adivina';
const ZONE = 'Europe/Madrid';
const MINUTE = 60_000;
/** Until the post of today is due, at least. */
const DUE_MS = MINUTE / 2;

/** A program that can be killed and started again on the same profile. */
export interface Desk {
  page: Page;
  kill(): Promise<void>;
  start(): Promise<void>;
}
export interface TriageOptions {
  /** Opens the app for the first time, on the network at this address. */
  open(url: string): Promise<Desk>;
  lang: 'es' | 'en';
  /** What its pictures are named by. */
  where: 'browser' | 'electron';
}
type Act = 'answer' | 'route' | 'snooze' | 'label' | 'done';
/** What is done with the mentions of the one account, then of the other: thirty in all. The last two of the one are taken back. */
const OF_BRAND: readonly Act[] = ['answer', 'done', 'snooze', 'label', 'route', 'done', 'answer', 'snooze', 'label', 'done', 'answer', 'route', 'snooze', 'label', 'done', 'answer', 'snooze', 'label', 'route', 'answer', 'snooze', 'label', 'done', 'done'];
const OF_HELP: readonly Act[] = ['answer', 'route', 'snooze', 'label', 'done', 'done'];
const UNDONE = 2;

/** The languages it is played in: one on each host, which takes two minutes; both on both with TRIAGE_LANGS=es,en. */
export function triageLangs(usual: 'es' | 'en'): ('es' | 'en')[] {
  const wanted = (process.env['TRIAGE_LANGS'] ?? usual).split(',');
  return (['es', 'en'] as const).filter((lang) => wanted.includes(lang));
}

interface Mention { id: string; word: string; act: Act; answer: string }

/** The story of a day with no network: two accounts, thirty mentions triaged, two taken back, ten posts planned, the program killed; then everything arrives once, and each result can be read. */
export async function playTriage({ open, lang, where }: TriageOptions): Promise<void> {
  const words = resources[lang].translation;
  const sandbox = await startSandbox({ port: 0, pace: 0, seed: SEED });
  const cable = await startCable(sandbox.url);
  try {
    const desk = await open(cable.url);
    const it = new Triage(desk, sandbox, lang, words);
    await it.connectBoth();
    const brand = await it.mention(0, OF_BRAND);
    const help = await it.mention(1, OF_HELP);
    await it.everythingIsRead(brand, help);
    cable.cut();
    await it.noticeNoNetwork();
    const posts = await it.planTen();
    await it.triage(brand);
    await it.takeBack(brand);
    await picture(desk.page, `${where}-${lang}-triaged`);
    await it.showAccount(1);
    await it.triage(help);
    await it.allWaits([...brand, ...help]);
    await desk.kill();
    await desk.start();
    await it.unlock();
    await it.stands(1, help, 0);
    await it.showAccount(0);
    await it.stands(0, brand, UNDONE);
    cable.mend();
    await it.tryAgain();
    await it.arrives([...brand, ...help], posts);
    await it.canBeRead(0, brand);
    await picture(desk.page, `${where}-${lang}-arrived`);
    await it.canBeRead(1, help);
  } finally {
    await cable.close();
    await sandbox.close();
  }
}

class Triage {
  private readonly desk: Desk;
  private readonly sandbox: Sandbox;
  private readonly lang: 'es' | 'en';
  private readonly words: (typeof resources)['es']['translation'] | (typeof resources)['en']['translation'];
  constructor(desk: Desk, sandbox: Sandbox, lang: 'es' | 'en', words: Triage['words']) {
    this.desk = desk;
    this.sandbox = sandbox;
    this.lang = lang;
    this.words = words;
  }
  private get page(): Page {
    return this.desk.page;
  }
  private own(n: 0 | 1): { id: string; username: string } {
    return this.sandbox.world.users[n]!;
  }
  private async post(body: unknown): Promise<{ id: string }> {
    const response = await fetch(`${this.sandbox.url}/__sandbox/post`, { method: 'POST', headers: { 'x-sandbox-control': '1' }, body: JSON.stringify(body) });
    return response.json() as Promise<{ id: string }>;
  }

  private async connect(n: 0 | 1): Promise<void> {
    const { page } = this;
    await page.getByTestId('tab-oauth1').click();
    for (const [name, value] of Object.entries(keysOf(this.sandbox.world.users[n]!, SEED))) await page.getByTestId(`oauth1-${name}`).fill(value);
    await page.getByTestId('oauth1-connect').click();
    await page.getByTestId('connected').waitFor();
    await page.getByTestId('wizard-done').click();
  }
  /** By the wizard, each with its four strings; then a channel for the requests of each. */
  async connectBoth(): Promise<void> {
    const { page } = this;
    await page.getByTestId(`first-run-${this.lang}`).click();
    await page.getByTestId('connect-x').click();
    await page.getByTestId('passphrase').fill(PASSPHRASE);
    await page.getByTestId('passphrase-again').fill(PASSPHRASE);
    await page.getByRole('button', { name: this.words.accounts.usePassphrase }).click();
    await this.connect(0);
    await this.channel(0);
    await page.getByTestId('settings-accounts').click();
    await page.getByTestId('settings-connect').click();
    await this.connect(1);
    await this.showAccount(1);
    await this.channel(1);
  }
  private async channel(n: 0 | 1): Promise<void> {
    const { page } = this;
    await page.getByTestId('account-select').getByText(`@${this.own(n).username}`).waitFor();
    await page.getByTestId('nav-settings').click();
    await page.getByTestId('settings-inbox-routes').click();
    await page.getByTestId('route-add').click();
    await page.getByTestId('route-name').fill('Consulting room');
    for (const lang of ['es', 'en'] as const) await page.getByTestId(`route-${lang}-text`).fill(lang === 'es' ? 'El consultorio te atiende de 9 a 14.' : 'The consulting room is open from 9 to 14.');
    await page.getByTestId('route-save').click();
    await page.getByTestId('route-row').first().waitFor();
  }
  async showAccount(n: 0 | 1): Promise<void> {
    const { page } = this;
    const button = page.getByTestId('account-select');
    const wanted = `@${this.own(n).username}`;
    if ((await button.textContent())?.includes(wanted)) return;
    await button.click();
    await page.getByRole('menuitem', { name: wanted }).click();
    await button.getByText(wanted).waitFor();
  }

  /** People mention an account, each with a matter of their own. */
  async mention(n: 0 | 1, acts: readonly Act[]): Promise<Mention[]> {
    const people = this.sandbox.world.users.filter((user) => user.role === 'other');
    const made: Mention[] = [];
    for (const [i, act] of acts.entries()) {
      const word = `${n === 0 ? 'asunto' : 'consulta'}-${String(i + 1).padStart(2, '0')}`;
      const { id } = await this.post({ username: people[i % people.length]!.username, text: `@${this.own(n).username} ¿quién me ayuda con ${word}?` });
      made.push({ id, word, act, answer: act === 'answer' ? `Lo miramos ahora: ${word}.` : '' });
    }
    return made;
  }
  private row(mention: Mention) {
    return this.page.getByTestId('case-row').filter({ hasText: mention.word });
  }
  /** Asks X now, from the options of a column of mentions; `seen` waits for what it says. */
  private async lookNow(n: 0 | 1, seen: () => Promise<unknown> = async () => undefined): Promise<void> {
    const { page } = this;
    await page.getByTestId('nav-deck').click();
    const column = page.getByTestId('column-mentions').nth(n);
    // By keys: what moves the columns meanwhile, as the banner of no network does, takes no press of the mouse with it.
    await column.getByTestId('column-options').press('Enter');
    await column.getByTestId('column-refresh').press('Enter');
    await seen();
    await column.getByTestId('column-options').press('Enter');
    await column.getByTestId('options-panel').waitFor({ state: 'detached' });
  }
  async everythingIsRead(brand: readonly Mention[], help: readonly Mention[]): Promise<void> {
    await this.lookNow(0);
    await this.lookNow(1);
    for (const [n, mentions] of [[1, help], [0, brand]] as const) {
      await this.showAccount(n);
      await this.page.getByTestId('nav-inbox').click();
      for (const mention of mentions) await this.row(mention).waitFor({ timeout: 60_000 });
    }
  }
  /** The next look at X finds nobody: the banner says since when. */
  async noticeNoNetwork(): Promise<void> {
    await this.lookNow(0, () => this.page.getByTestId('offline').waitFor({ timeout: 60_000 }));
  }

  /** Ten posts with a time, the first of them in a minute, the others tomorrow. Gives their texts in order. */
  async planTen(): Promise<string[]> {
    const { page } = this;
    const soon = instantToWall(Math.ceil((Date.now() + DUE_MS) / MINUTE) * MINUTE, ZONE);
    const tomorrow = addDays(soon.slice(0, 10), 1);
    const texts = Array.from({ length: 10 }, (_, i) => `Cierre del trimestre, parte ${i + 1} de diez (${this.lang})`);
    for (const [i, text] of texts.entries()) {
      const [day = '', time = ''] = i === 0 ? soon.split('T') : [tomorrow, `1${i}:00`];
      await page.locator('body').press('n');
      await page.getByTestId('composer-text').fill(text);
      await page.getByTestId('composer-date').fill(day);
      await page.getByTestId('composer-time').fill(time);
      await page.getByTestId('composer-time').press('Tab');
      await page.getByTestId('composer-schedule').click();
      await page.getByTestId('composer').waitFor({ state: 'detached' });
    }
    return texts;
  }

  private async carryOut(mention: Mention): Promise<void> {
    const { page } = this;
    switch (mention.act) {
      case 'answer':
        await page.keyboard.press('r');
        await page.getByTestId('reply-text').fill(mention.answer);
        await page.keyboard.press('Control+Enter');
        return;
      case 'route':
        // No wait between the keys: whoever has the keys in hand makes none.
        await page.keyboard.press('d');
        await page.keyboard.press('Enter');
        return;
      case 'snooze':
        await page.keyboard.press('z');
        await page.keyboard.press('Enter');
        return;
      case 'label':
        await page.keyboard.press('#');
        await page.getByTestId('label-word').fill('trimestre');
        await page.keyboard.press('Enter');
        await this.row(mention).getByText('trimestre').waitFor();
        return;
      case 'done':
        await page.keyboard.press('e');
        return;
    }
  }
  async triage(mentions: readonly Mention[]): Promise<void> {
    const { page } = this;
    await page.getByTestId('nav-inbox').click();
    for (const mention of mentions) {
      await this.row(mention).locator('button').first().click();
      await page.locator('[data-testid="case-message"][data-direction="in"]').getByText(mention.word).waitFor();
      await this.carryOut(mention);
      // What is decided leaves the list of what is to be attended to; a label stays in it.
      if (mention.act !== 'label') await this.row(mention).waitFor({ state: 'detached' }).catch(async (cause: unknown) => {
        const said = await page.locator('.mantine-Notifications-root').allTextContents();
        throw new Error(`${mention.word} (${mention.act}) stays: ${said.join(' ')}; focus ${await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 160) ?? '')}`, { cause });
      });
    }
  }
  /** What was done last is taken back, twice: both are to be attended to again. */
  async takeBack(mentions: readonly Mention[]): Promise<void> {
    for (const mention of mentions.slice(-UNDONE).toReversed()) {
      await this.page.locator('body').press('Control+z');
      await this.row(mention).waitFor();
    }
  }

  /** Every answer was tried and waits: one that is under way when the program is killed is in doubt, and rightly the user's to decide. */
  async allWaits(mentions: readonly Mention[]): Promise<void> {
    const { page } = this;
    const answers = mentions.filter((each) => each.act === 'answer' || each.act === 'route').length;
    await page.getByTestId('nav-activity').click();
    await page.getByTestId('tab-outbox').click();
    await until(async () => (await page.locator('[data-testid="outbox-publication"][data-state="retry_wait"]').count()) >= answers, 60_000, 'every answer to wait');
  }
  async unlock(): Promise<void> {
    const { page } = this;
    await page.getByTestId('unlock').click();
    await page.getByTestId('passphrase').fill(PASSPHRASE);
    await page.getByRole('dialog').getByRole('button', { name: this.words.accounts.unlock }).click();
    await page.getByTestId('locked').waitFor({ state: 'detached' });
  }
  /** After the kill: every case as it was left. */
  async stands(n: 0 | 1, mentions: readonly Mention[], undone: number): Promise<void> {
    const { page } = this;
    await this.showAccount(n);
    await page.getByTestId('nav-inbox').click();
    const back = undone === 0 ? [] : mentions.slice(-undone);
    const shown = (act: Act) => mentions.filter((each) => each.act === act && !back.includes(each));
    for (const mention of [...shown('label'), ...back]) await this.row(mention).waitFor();
    for (const mention of shown('label')) await this.row(mention).getByText('trimestre').waitFor();
    for (const [view, act] of [['waiting', 'answer'], ['waiting', 'route'], ['snoozed', 'snooze'], ['done', 'done']] as const) {
      await page.getByTestId(`view-${view}`).click();
      for (const mention of shown(act)) await this.row(mention).waitFor();
    }
    await page.getByTestId('view-attend').click();
  }
  async tryAgain(): Promise<void> {
    const { page } = this;
    await page.getByTestId('offline').waitFor({ timeout: 60_000 });
    await page.getByTestId('offline').getByRole('button', { name: this.words.shell.tryAgain }).click();
    await page.getByTestId('offline').waitFor({ state: 'detached', timeout: 60_000 });
  }
  /** Judged by the network's own record: each answer, each channel's words and the post that was due once, nothing else of ours. */
  async arrives(mentions: readonly Mention[], posts: readonly string[]): Promise<void> {
    const { posts: all } = this.sandbox.world;
    const ours = new Set([this.own(0).id, this.own(1).id]);
    const sent = new Set(mentions.flatMap((each) => (each.act === 'answer' || each.act === 'route' ? [each.id] : [])));
    const answersTo = (id: string) => all.filter((post) => post.replyToId === id && ours.has(post.authorId));
    await until(() => [...sent].every((id) => answersTo(id).length > 0) && all.some((post) => post.text === posts[0]), 120_000, 'everything to arrive');
    for (const mention of mentions) {
      const found = answersTo(mention.id);
      expect(found.length, mention.word).toBe(sent.has(mention.id) ? 1 : 0);
      if (mention.act === 'answer') expect(found[0]?.text).toContain(mention.answer);
      if (mention.act === 'route') expect(found[0]?.text).toMatch(/consultorio|consulting room/);
    }
    for (const [i, text] of posts.entries()) expect(all.filter((post) => post.text === text).length, text).toBe(i === 0 ? 1 : 0);
  }
  /** Every answer stands in the outbox as done, and what is planned for later in the calendar. */
  async canBeRead(n: 0 | 1, mentions: readonly Mention[]): Promise<void> {
    const { page } = this;
    await this.showAccount(n);
    await page.getByTestId('nav-activity').click();
    await page.getByTestId('tab-outbox').click();
    const answered = mentions.filter((each) => each.act === 'answer' || each.act === 'route');
    for (const mention of answered.filter((each) => each.act === 'answer')) await page.locator('[data-testid="outbox-done"][data-state="posted"]').filter({ hasText: mention.answer }).waitFor({ timeout: 30_000 });
    await until(async () => (await page.locator('[data-testid="outbox-done"][data-state="posted"]').count()) >= answered.length, 30_000, 'every answer to be told as done');
    await page.getByTestId('nav-inbox').click();
    await page.getByTestId('view-waiting').click();
    // A case is told by what was said last in it.
    const waiting = page.getByTestId('case-row');
    for (const mention of answered) await waiting.filter({ hasText: mention.act === 'answer' ? mention.answer : /consultorio|consulting room/ }).first().waitFor();
    await until(async () => (await waiting.count()) >= answered.length, 30_000, 'every answered case to wait');
    // Nothing of it is a problem to look at. In opening hours the complaints that the practice world came with are overdue within a minute, and rightly said to be.
    await page.getByTestId('nav-activity').click();
    await page.getByTestId('tab-problems').click();
    expect(await page.locator('[data-testid="activity-row"]:not([data-code="case_overdue"])').evaluateAll((rows) => rows.map((row) => row.textContent))).toEqual([]);
  }
}
