// node scripts/screens.mjs FOLDER [es|en]: pictures of every screen in both themes, languages and sizes, to look at. Needs a build (npm run build); no part of the tests.
import { mkdirSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { chromium } from 'playwright';
import { presetWeek } from '../src/shared/domain/template.ts';
import { addDays, dayOf, instantToWall, weekOf } from '../src/shared/domain/time.ts';
import { startHost } from '../tests/support/host.ts';
import { plan, rpc } from '../tests/support/rpc.ts';
import { findChromium } from './chromium.mjs';
import { root } from './setup.mjs';

const SIZES = [{ width: 1280, height: 800 }, { width: 1920, height: 1080 }];
const THEMES = ['light', 'dark'];
const HOUR = 3_600_000;
const MANY_ROWS = 20_000;
const TEXTS = {
  es: ['Cierre contable: la lista de 20 puntos', 'Plazos de diciembre, en una imagen', 'El Congreso debate la exención del IVA https://cuentaclara.example.com/noticias/iva', 'Factura electrónica: por dónde empezar', 'Guía completa del cierre fiscal https://cuentaclara.example.com/premium/cierre', 'Reseña: deuda y crecimiento en 1.200 pymes', 'Conciliación bancaria paso a paso', 'Plantilla: cuadro de amortizaciones', 'Lo que cuesta cumplir: nuevo estudio', 'Memento de retenciones', 'Morosidad: qué dice la evidencia', 'IVA en facturas intracomunitarias: 7 dudas'],
  en: ['Closing the books: the list of 20 points', 'December deadlines in one picture', 'Parliament debates the VAT exemption https://clearbooks.example.com/news/vat', 'Electronic invoices: where to begin', 'The full guide to year end https://clearbooks.example.com/premium/closing', 'Review: debt and growth in 1,200 small firms', 'Bank reconciliation step by step', 'Template: the depreciation table', 'What it costs to comply: a new study', 'A memo on withholding', 'Late payment: what the evidence says', 'VAT across borders: 7 questions'],
};

const [folderArg, only] = process.argv.slice(2);
const folder = folderArg === undefined ? null : resolve(folderArg);
if (folder === null || !relative(root, folder).startsWith('..')) {
  console.error('Name a folder outside the repository: node scripts/screens.mjs FOLDER [es|en]');
  process.exit(1);
}
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: findChromium() ?? undefined, args: ['--no-sandbox'] });
let taken = 0;

/** The screen as it is open, in both themes at both sizes. */
async function shots(page, lang, name) {
  // Notices of what was done to come here hide a part of it.
  await page.evaluate(() => document.querySelectorAll('.mantine-Notifications-root .mantine-CloseButton-root').forEach((button) => button.click()));
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const theme of THEMES) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      // Lists measure themselves after a new size; pictures and letters come a moment later.
      await page.waitForTimeout(300);
      await page.screenshot({ path: join(folder, `${lang}-${name}-${theme}-${size.width}.png`) });
      taken += 1;
    }
  }
}
async function open(host, lang) {
  const page = await browser.newPage({ viewport: SIZES[0], locale: lang });
  page.setDefaultTimeout(20_000);
  await page.goto(host.url);
  return page;
}

/** A week of the template's 45 a day, what of it stays out, and drafts of every tier. */
async function prepare(page, account, lang) {
  const today = dayOf(Date.now(), account.zone);
  const week = presetWeek(lang);
  await rpc(page, 'planning.setTemplate', { accountId: account.id, template: { days: week } });
  const monday = addDays(weekOf(today).start, 7);
  const text = (i) => `${TEXTS[lang][i % TEXTS[lang].length]}${i < TEXTS[lang].length ? '' : ` · ${i}`}`;
  const days = [0, 1, 2, 3, 4, 5].map((n) => addDays(monday, n));
  let n = 0;
  const rows = days.flatMap((day, d) => week[d].map((slot) => ({ text: text((n += 1)), tier: slot.tier, day, time: slot.time })));
  await plan(page, account.id, rows.filter((_, i) => i % 23 !== 5));
  await plan(page, account.id, ['19:45', '21:15', '23:40'].map((time, i) => ({ text: text(900 + i), tier: 'free', day: addDays(today, 1), time })));
  for (const [i, tier] of ['free', 'premium', 'free', 'status', 'free', 'free'].entries()) await rpc(page, 'publications.save', { accountId: account.id, text: text(1000 + i), tier, tierReason: null, media: [] });
}
async function settingsShots(page, lang) {
  await page.getByTestId('nav-settings').click();
  for (const section of ['accounts', 'money', 'ratio', 'template', 'inbox', 'notices', 'general', 'data', 'keys']) {
    await page.getByTestId(`settings-${section}`).click();
    await shots(page, lang, `settings-${section}`);
  }
}
async function calendarShots(page, lang) {
  await page.getByTestId('nav-calendar').click();
  await page.getByTestId('tray').waitFor();
  const modes = page.getByTestId('calendar-view').locator('label');
  await page.getByTestId('calendar-next').click();
  for (const [i, mode] of ['day', 'week', 'month', 'list'].entries()) {
    await modes.nth(i).click();
    await shots(page, lang, `calendar-${mode}`);
  }
  await modes.nth(1).click();
  await page.getByTestId('calendar-next').click();
  await page.getByTestId('calendar-next').click();
  await shots(page, lang, 'calendar-empty');
  await page.getByTestId('open-fill').click();
  await page.getByTestId('fill-row').first().waitFor();
  await shots(page, lang, 'fill');
  await page.keyboard.press('Escape');
  await page.getByTestId('fill').waitFor({ state: 'detached' });
  await page.getByTestId('open-bulk').click();
  await shots(page, lang, 'bulk-empty');
  await page.getByTestId('bulk-content').fill([`2027-01-12 09:30 [premium] ${TEXTS[lang][7]} 2027`, `${lang === 'es' ? 'mañana' : 'tomorrow'} 10:00 ${TEXTS[lang][9]} 2027`, `[${lang === 'es' ? 'HILO' : 'THREAD'}] ${TEXTS[lang][3]} 2027`, `2027-02-31 09:30 ${TEXTS[lang][5]} 2027`].join('\n'));
  await page.getByTestId('bulk-preview').click();
  await page.getByTestId('bulk-summary').waitFor();
  await shots(page, lang, 'bulk');
  await page.keyboard.press('Escape');
  await page.getByTestId('bulk-content').waitFor({ state: 'detached' });
}
async function inboxShots(page, lang) {
  await page.getByTestId('nav-inbox').click();
  await page.getByTestId('case-row').first().waitFor();
  await page.getByTestId('case-row').first().click();
  await page.getByTestId('conversation').waitFor();
  await shots(page, lang, 'inbox');
  await page.getByTestId('view-snoozed').click();
  await page.getByTestId('case-row').first().waitFor({ state: 'detached' });
  await shots(page, lang, 'inbox-empty');
}

async function photograph(lang) {
  let host = await startHost({ env: { LANG: lang === 'es' ? 'es_ES.UTF-8' : 'en_GB.UTF-8' } });
  let page = await open(host, lang);
  await page.getByTestId(`first-run-${lang}`).click();
  await shots(page, lang, 'first-run');
  await page.getByTestId('connect-x').click();
  await page.getByTestId('session-only').waitFor();
  await shots(page, lang, 'wizard-keys');
  await page.getByTestId('session-only').click();
  await shots(page, lang, 'wizard');
  await page.getByTestId('tab-oauth1').click();
  await shots(page, lang, 'wizard-oauth1');
  await page.keyboard.press('Escape');
  await page.getByTestId('try-practice').click();
  await page.locator('[data-testid="column-own"] [data-testid="post"]').first().waitFor();
  await page.getByTestId('nav-calendar').click();
  await page.getByTestId('tray').waitFor();
  await shots(page, lang, 'calendar-new');
  await page.getByTestId('nav-library').click();
  await shots(page, lang, 'library-empty');
  await page.getByTestId('nav-activity').click();
  await shots(page, lang, 'activity-new');
  const [account] = await rpc(page, 'accounts.list', {});
  await prepare(page, account, lang);
  await page.getByTestId('nav-deck').click();
  await page.locator('[data-testid="column-home"] [data-testid="post"]').first().waitFor();
  await shots(page, lang, 'deck');
  await page.getByTestId('new-post').click();
  await page.getByTestId('composer-text').fill(TEXTS[lang][4]);
  await page.getByTestId('composer-preview').click();
  await page.waitForTimeout(900);
  await shots(page, lang, 'composer');
  await page.getByTestId('composer-delete').click();
  await calendarShots(page, lang);
  await inboxShots(page, lang);
  await page.getByTestId('nav-library').click();
  await shots(page, lang, 'library');
  await page.getByTestId('library-sources').click();
  await page.getByTestId('sources').waitFor();
  await shots(page, lang, 'library-sources');
  await page.keyboard.press('Escape');
  await page.getByTestId('nav-activity').click();
  for (const tab of ['outbox', 'all', 'problems', 'spending']) {
    await page.getByTestId(`tab-${tab}`).click();
    await shots(page, lang, `activity-${tab}`);
  }
  await settingsShots(page, lang);
  await page.getByTestId('nav-deck').click();
  await page.keyboard.press('Control+k');
  await page.getByTestId('palette-foot').waitFor();
  await shots(page, lang, 'palette');
  await page.keyboard.type(lang === 'es' ? 'iva' : 'vat');
  await shots(page, lang, 'palette-found');
  await page.keyboard.press('Escape');
  await page.getByTestId('palette-foot').waitFor({ state: 'detached' });
  await page.keyboard.press('?');
  await page.getByTestId('keys-search').waitFor();
  await shots(page, lang, 'keys');

  // The morning after: nine hours away for some, minutes for others, and very much that happened.
  const scheduled = (await rpc(page, 'publications.list', { accountId: account.id, states: ['scheduled'] })).slice(0, 6);
  const known = await rpc(page, 'publications.list', { accountId: account.id });
  await page.close();
  await host.stop();
  const db = new Database(join(host.profile, 'parrilla.db'));
  scheduled.forEach((each, i) => {
    const due = Date.now() - (i < 3 ? 9 * HOUR : HOUR / 2) + i * 60_000;
    db.prepare('UPDATE publications SET due_at = ?, wall = ? WHERE id = ?').run(due, instantToWall(due, account.zone), each.id);
  });
  const add = db.prepare('INSERT INTO activity (at, account_id, level, code, params) VALUES (?, ?, ?, ?, ?)');
  db.transaction(() => {
    for (let i = MANY_ROWS; i > 0; i -= 1) {
      const [level, code] = i % 9 === 0 ? ['warning', 'missed'] : i % 31 === 0 ? ['error', 'failed'] : ['info', 'posted'];
      add.run(Date.now() - i * 60_000, account.id, level, code, JSON.stringify({ id: known[i % known.length].id, username: account.username, text: TEXTS[lang][i % TEXTS[lang].length] }));
    }
  })();
  db.close();
  host = await startHost({ profile: host.profile });
  page = await open(host, lang);
  await page.getByTestId('wake-up').waitFor();
  await shots(page, lang, 'wake-up');
  await page.getByTestId('wake-later').click();
  await page.getByTestId('nav-activity').click();
  for (const tab of ['outbox', 'all', 'problems']) {
    await page.getByTestId(`tab-${tab}`).click();
    await shots(page, lang, `activity-many-${tab}`);
  }
  await page.locator('[data-testid="activity-row"]:not(:disabled)').first().click();
  await shots(page, lang, 'activity-record');
  await page.getByTestId('nav-calendar').click();
  await page.getByTestId('waiting').first().waitFor();
  await shots(page, lang, 'calendar-waiting');
  await page.close();
  await host.stop();
  rmSync(host.profile, { recursive: true, force: true });
}

try {
  for (const lang of only === undefined ? ['es', 'en'] : [only]) await photograph(lang);
  console.log(`${taken} pictures in ${folder}`);
} finally {
  await browser.close();
}
