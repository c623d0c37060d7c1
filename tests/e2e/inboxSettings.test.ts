import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousFindings } from '../support/accessibility.ts';
import type { OutputOf } from '../../src/shared/contract/index.ts';
import type { Host } from '../support/host.ts';
import { endPractice, startPractice } from '../support/practice.ts';
import { rpc } from '../support/rpc.ts';
import { picture } from '../support/picture.ts';

/** A host of a machine that is busy takes its time. */
const SOON = { timeout: 10_000 };
let browser: Browser;
let host: Host;
let page: Page;
let accountId: string;
beforeAll(async () => {
  ({ browser, host } = await startPractice());
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(15_000);
  await page.goto(host.url);
  await page.getByTestId('first-run-es').click();
  await page.locator('[data-testid="column-mentions"] [data-testid="post"]').first().waitFor();
  accountId = (await rpc(page, 'accounts.list', {}))[0]!.id;
  // The practice account begins with its channels once its first mentions are cases.
  await page.getByTestId('nav-inbox').click();
  await page.getByTestId('case-row').first().waitFor();
  await page.getByTestId('nav-settings').click();
  await page.getByTestId('settings-inbox').click();
  await page.getByTestId('route-row').nth(1).waitFor();
});
afterAll(() => endPractice({ browser, host }));
const settings = (): Promise<OutputOf<'inbox.settings'>> => rpc(page, 'inbox.settings', { accountId });
const routes = (): Promise<OutputOf<'inbox.routes'>> => rpc(page, 'inbox.routes', { accountId });
const replies = (): Promise<OutputOf<'inbox.replies'>> => rpc(page, 'inbox.replies', { accountId });
const rules = (): Promise<OutputOf<'inbox.rules'>> => rpc(page, 'inbox.rules', { accountId });
const ruleNames = async (): Promise<string[]> => (await rules()).map((rule) => rule.name);
/** The undo of the notice that says so. */
const undo = (words: string): Promise<void> => page.locator('.mantine-Notification-root', { hasText: words }).getByTestId('undo').click();
const choose = (testid: string, label: string): Promise<void> => page.getByTestId(testid).locator('label', { hasText: label }).click();

async function findings(name: string): Promise<string[]> {
  await page.waitForFunction(() => document.getAnimations().every((each) => each.playState !== 'running'));
  await picture(page, name);
  return seriousFindings(page, name);
}

describe('the response clock', () => {
  it('keeps hours at once, to the quarter and up to midnight, says the zone, and takes a change back alone', async () => {
    expect(await page.getByTestId('clock-zone').textContent()).toContain('Europe/Madrid');
    await page.getByTestId('office-0-from').selectOption('08:15');
    await expect.poll(async () => (await settings()).office[0], SOON).toEqual({ from: '08:15', to: '18:00' });
    await page.getByTestId('office-0-to').selectOption('24:00');
    await expect.poll(async () => (await settings()).office[0], SOON).toEqual({ from: '08:15', to: '24:00' });
    await page.getByTestId('copy-monday').click();
    await expect.poll(async () => (await settings()).office[4], SOON).toEqual({ from: '08:15', to: '24:00' });
    await page.getByTestId('clock-card').getByRole('switch', { name: 'sábado: Abierto' }).click({ force: true });
    await expect.poll(async () => (await settings()).office[5], SOON).toEqual({ from: '08:15', to: '24:00' });
    await undo('de martes a viernes');
    await expect.poll(async () => (await settings()).office, SOON).toEqual([{ from: '08:15', to: '24:00' }, ...Array.from({ length: 4 }, () => ({ from: '09:00', to: '18:00' })), { from: '08:15', to: '24:00' }, null]);
  });

  it('says hours the wrong way round where they are, and does not keep them', async () => {
    await page.getByTestId('office-1-to').selectOption('08:00');
    await page.getByTestId('clock-card').getByText('Cierra antes de abrir').waitFor();
    await page.getByTestId('after-reply').getByText('hecho').click();
    await expect.poll(async () => (await settings()).afterReply, SOON).toBe('done');
    expect((await settings()).office[1]).toEqual({ from: '09:00', to: '18:00' });
    await page.getByTestId('office-1-to').selectOption('20:00');
    await page.getByTestId('clock-card').getByText('Cierra antes de abrir').waitFor({ state: 'detached' });
    await expect.poll(async () => (await settings()).office[1], SOON).toEqual({ from: '09:00', to: '20:00' });
  });

  it('takes minutes of each kind or none, and leaves what is no number where it was written', async () => {
    await page.getByTestId('minutes-praise').fill('1.500');
    await page.getByTestId('minutes-praise').press('Enter');
    await expect.poll(async () => (await settings()).minutes.praise, SOON).toBe(1500);
    await page.getByTestId('minutes-question').fill('');
    await page.getByTestId('minutes-complaint').fill('pronto');
    await page.getByTestId('due-complaint').getByText('Un entero').waitFor();
    await expect.poll(async () => (await settings()).minutes, SOON).toMatchObject({ question: null, complaint: 1, praise: 1500 });
    await page.getByTestId('minutes-complaint').fill('1');
    expect(await page.getByTestId('due-question').textContent()).toBe('sin reloj');
  });
});

describe('channels', () => {
  it('are added with variables at a button and a preview that marks what is missing, changed, and deleted with a way back', async () => {
    await page.getByTestId('route-add').click();
    await page.getByTestId('route-url').fill('http://cuentaclara.example.com/taller');
    await page.getByTestId('route-save').click();
    const form = page.getByTestId('route-form');
    await form.getByText('Ponle un nombre').waitFor();
    await form.getByText('La dirección empieza por https://').waitFor();
    expect(await routes()).toHaveLength(2);
    await page.getByTestId('route-name').fill('Taller');
    await page.getByTestId('route-es-text').fill('Hola, ');
    await page.getByTestId('route-es-name').click();
    await expect.poll(() => page.getByTestId('route-es-text').inputValue()).toBe('Hola, {nombre|qué tal}');
    await page.getByTestId('route-es-text').press('End');
    await page.keyboard.type(': llama al ');
    await page.getByTestId('route-es-phone').click();
    await page.getByTestId('route-es-preview').locator('mark.missing', { hasText: '{teléfono}' }).waitFor();
    await page.getByTestId('route-es-problems').getByText('{teléfono} está sin rellenar').waitFor();
    await page.getByTestId('route-phone').fill('900 000 321');
    await page.getByTestId('route-es-problems').waitFor({ state: 'detached' });
    await page.getByTestId('route-es-preview').locator('mark.value', { hasText: '900 000 321' }).waitFor();
    // What is being written is there again after a look at another page.
    await page.getByTestId('settings-general').click();
    await page.getByTestId('settings-inbox').click();
    expect(await page.getByTestId('route-name').inputValue()).toBe('Taller');
    await page.getByTestId('route-url').fill('https://cuentaclara.example.com/taller');
    const good = await page.getByTestId('route-es-text').inputValue();
    await page.getByTestId('route-es-text').fill(`${good} {apellido}`);
    await page.getByTestId('route-save').click();
    await form.getByText('{apellido} no vale como variable. Las que hay: {nombre}, {usuario}, {canal}').waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('route-es-text');
    expect(await routes()).toHaveLength(2);
    await page.getByTestId('route-es-text').fill(good);
    await page.getByTestId('route-save').click();
    await page.getByTestId('route-row').nth(2).waitFor();
    expect((await routes())[2]).toMatchObject({ name: 'Taller', url: 'https://cuentaclara.example.com/taller', phone: '900 000 321', replies: { es: 'Hola, {nombre|qué tal}: llama al {teléfono}', en: '' } });
    await page.getByTestId('route-edit').nth(2).click();
    await page.getByTestId('route-hours').fill('viernes, 12 h');
    await page.getByTestId('route-name').press('Enter');
    await expect.poll(async () => (await routes())[2]?.hours, SOON).toBe('viernes, 12 h');
    await page.getByTestId('route-form').waitFor({ state: 'detached' });
    await page.getByTestId('route-remove').nth(2).click();
    await expect.poll(async () => (await routes()).length, SOON).toBe(2);
    await undo('Canal borrado: Taller');
    await expect.poll(async () => (await routes()).map((route) => route.name), SOON).toContain('Taller');
  });
});

describe('saved replies', () => {
  it('are added, changed and deleted, and say which variables they cannot have', async () => {
    const before = (await replies()).length;
    await page.getByTestId('reply-add').click();
    await page.getByTestId('reply-save').click();
    await page.getByTestId('reply-form').getByText('Ponle un título').waitFor();
    await page.getByTestId('reply-title').fill('Horario');
    await page.getByTestId('reply-text').fill('Hello {name}, see {url} and {correo}');
    const problems = page.getByTestId('reply-problems');
    await problems.getByText('No de todo el mundo se sabe el nombre').waitFor();
    await problems.getByText('{url} solo tiene valor en la respuesta de un canal').waitFor();
    await problems.getByText('{correo} no es una variable').waitFor();
    // It is not kept like this, whichever way it is saved, and says what there is instead.
    await page.getByTestId('reply-text').press('Control+Enter');
    await page.getByTestId('reply-form').getByText('{correo} no vale como variable. Las que hay: {nombre}, {usuario}').waitFor();
    expect(await replies()).toHaveLength(before);
    await page.getByTestId('reply-text').fill('Hello {name|there}');
    await problems.waitFor({ state: 'detached' });
    await choose('reply-lang', 'inglés');
    await page.getByTestId('reply-text').press('Control+Enter');
    await expect.poll(async () => (await replies()).find((reply) => reply.title === 'Horario'), SOON).toMatchObject({ lang: 'en', text: 'Hello {name|there}', uses: 0 });
    await page.getByTestId('reply-row').filter({ hasText: 'Horario' }).getByTestId('reply-remove').click();
    await expect.poll(async () => (await replies()).length, SOON).toBe(before);
    await undo('Respuesta borrada: Horario');
    await page.getByTestId('reply-row').filter({ hasText: 'Horario' }).waitFor();
  });
});

describe('rules', () => {
  it('are tried on what is kept before they are saved, and say what they lack', async () => {
    await page.getByTestId('rules-card').getByText('Todavía no hay reglas').waitFor();
    await page.getByTestId('rules-card').getByText('Las reglas nunca envían').waitFor();
    await page.getByTestId('rule-add').click();
    await page.getByTestId('rule-form').getByText('Sin condiciones vale para todo').waitFor();
    await page.getByTestId('rule-save').click();
    await page.getByTestId('rule-form').getByText('Ponle un nombre').waitFor();
    await page.getByTestId('rule-form').getByText('Elige al menos una cosa que hacer').waitFor();
    await page.getByTestId('rule-name').fill('Todo lo demás');
    await page.getByTestId('rule-label').fill('luego');
    await page.getByTestId('rule-try').click();
    const looked = await rpc(page, 'inbox.dryRun', { accountId, rules: [] }).then((tried) => tried.looked);
    expect(looked).toBeGreaterThan(3);
    await page.getByTestId('rule-form').locator(`[data-testid="dry-took"][data-count="${looked}"]`).waitFor();
    expect(await page.getByTestId('rule-form').getByTestId('dry-took').locator('li').count()).toBe(3);
    expect(await rules()).toEqual([]);
    await page.getByTestId('rule-save').click();
    await expect.poll(rules, SOON).toMatchObject([{ name: 'Todo lo demás', enabled: true, conditions: {}, actions: { label: 'luego' } }]);
  });

  it('hold words, people and the rest, and are put in order by buttons and by keys, each with a way back', async () => {
    await page.getByTestId('rule-add').click();
    await page.getByTestId('rule-name').fill('Gracias');
    await page.getByTestId('rule-words').fill('gracias');
    await page.keyboard.press('Enter');
    await page.getByTestId('rule-words').fill('muchas gracias');
    await page.getByTestId('rule-people').fill('@berta_hilos');
    await page.keyboard.press('Enter');
    await page.getByTestId('rule-lang').selectOption('es');
    await page.getByTestId('rule-hasLink').selectOption('no');
    await page.getByTestId('rule-kind').selectOption('praise');
    await page.getByTestId('rule-snooze').fill('mucho');
    await page.getByTestId('rule-form').getByText('Minutos: un entero').waitFor();
    await page.getByTestId('rule-snooze').fill('90');
    const soporte = (await routes()).find((route) => route.name === 'Soporte')!;
    await page.getByTestId('rule-route').selectOption(soporte.id);
    await page.getByTestId('rule-save').click();
    await expect.poll(ruleNames, SOON).toEqual(['Todo lo demás', 'Gracias']);
    expect((await rules())[1]).toMatchObject({ conditions: { words: ['gracias', 'muchas gracias'], people: ['berta_hilos'], lang: 'es', hasLink: false }, actions: { kind: 'praise', snoozeMinutes: 90, routeId: soporte.id } });
    const row = (name: string) => page.locator(`[data-testid="rule-row"][data-rule="${name}"]`);
    await row('Gracias').getByTestId('rule-up').click();
    await expect.poll(ruleNames, SOON).toEqual(['Gracias', 'Todo lo demás']);
    await row('Gracias').getByTestId('rule-edit').focus();
    await page.keyboard.press('Alt+ArrowDown');
    await expect.poll(ruleNames, SOON).toEqual(['Todo lo demás', 'Gracias']);
    await page.keyboard.press('Alt+ArrowUp');
    await expect.poll(ruleNames, SOON).toEqual(['Gracias', 'Todo lo demás']);
    expect(await page.evaluate(() => document.activeElement?.closest('[data-rule]')?.getAttribute('data-rule'))).toBe('Gracias');
    await row('Gracias').getByRole('switch').press(' ');
    await expect.poll(async () => (await rules())[0]?.enabled, SOON).toBe(false);
    await page.getByTestId('rules-try').click();
    await row('Gracias').getByText('Apagada: no toma nada').waitFor();
    await row('Gracias').getByTestId('rule-remove').click();
    await expect.poll(ruleNames, SOON).toEqual(['Todo lo demás']);
    await undo('Regla borrada: Gracias');
    await expect.poll(ruleNames, SOON).toEqual(['Gracias', 'Todo lo demás']);
    // A rule remembers a channel that is gone as such.
    await rpc(page, 'inbox.deleteRoute', { accountId, id: soporte.id });
    await row('Gracias').getByText('un canal borrado').waitFor();
  });
});

describe('the whole page', () => {
  it('has no serious accessibility finding in both languages and themes, with forms open and with nothing', async () => {
    const found: string[] = [];
    for (const [lang, theme] of [['es', 'light'], ['en', 'dark'], ['es', 'dark'], ['en', 'light']] as const) {
      await rpc(page, 'settings.set', { lang, theme });
      await page.locator(`html[lang="${lang}"][data-mantine-color-scheme="${theme}"]`).waitFor();
      if (lang === 'es' && theme === 'light') {
        await page.getByTestId('route-edit').first().click();
        await page.getByTestId('reply-add').click();
        await page.getByTestId('reply-text').fill('{name} {url}');
        await page.getByTestId('rule-edit').first().click();
        await page.getByTestId('rule-try').click();
        await page.getByTestId('dry-none').waitFor();
      }
      found.push(...(await findings(`inbox-settings-${lang}-${theme}`)));
    }
    for (const each of ['route', 'reply', 'rule']) await page.getByTestId(`${each}-discard`).click();
    for (const route of await routes()) await rpc(page, 'inbox.deleteRoute', { accountId, id: route.id });
    for (const reply of await replies()) await rpc(page, 'inbox.deleteReply', { accountId, id: reply.id });
    await rpc(page, 'inbox.setRules', { accountId, rules: [] });
    for (const empty of ['No routes yet', 'No saved replies yet', 'No rules yet']) await page.getByText(empty).waitFor();
    found.push(...(await findings('inbox-settings-empty')));
    expect([...new Set(found)]).toEqual([]);
  });
});

describe('a post of the deck', () => {
  it('becomes a case of the inbox by its menu, and is there at once', async () => {
    await rpc(page, 'settings.set', { lang: 'es' });
    await page.getByTestId('nav-deck').click();
    const post = page.locator('[data-testid="column-home"] [data-testid="post"]:not([aria-label^="Cuenta Clara:"])').first();
    const id = await post.getAttribute('data-post-id');
    await post.locator('.dots').click();
    await page.getByRole('menuitem', { name: 'Abrir un caso (captación)' }).click();
    await page.getByTestId('inbox').waitFor();
    const list = await rpc(page, 'inbox.list', { accountId, view: 'attend', kind: 'lead', limit: 100 });
    const cases = await Promise.all(list.cases.map((each) => rpc(page, 'inbox.case', { caseId: each.id })));
    expect(cases.flatMap((each) => each.messages.map((message) => message.post.id))).toContain(id);
  });
});
