import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../src/shared/contract/errors.ts';
import { methods } from '../../src/shared/contract/index.ts';
import { startCore, type TestCore } from '../support/core.ts';

let core: TestCore;
beforeEach(async () => {
  core = await startCore({ start: false });
});
afterEach(async () => {
  await core.stop();
});
const refused = async (hotkeys: unknown): Promise<string> => core.call('settings.set', { hotkeys: hotkeys as Record<string, string> }).then(() => 'kept', (error: unknown) => (error instanceof AppError ? error.code : String(error)));

describe('keys the user changed', () => {
  it('come as they are in a profile that has none, and are kept over a restart', async () => {
    expect((await core.call('settings.get', {})).hotkeys).toEqual({});
    const set = await core.call('settings.set', { hotkeys: { e: 'w', Delete: 'ñ' } });
    expect(set.hotkeys).toEqual({ e: 'w', Delete: 'ñ' });
    expect(core.events.some((each) => each.name === 'settings.changed')).toBe(true);
    await core.restart();
    expect((await core.call('settings.get', {})).hotkeys).toEqual({ e: 'w', Delete: 'ñ' });
    await core.call('settings.set', { theme: 'dark' });
    expect((await core.call('settings.get', {})).hotkeys).toEqual({ e: 'w', Delete: 'ñ' });
    await core.call('settings.set', { hotkeys: {} });
    expect((await core.call('settings.get', {})).hotkeys).toEqual({});
  });
  it('are refused where a key would do two things, is none, or is not for changing; what was there stays', async () => {
    await core.call('settings.set', { hotkeys: { e: 'w' } });
    const wrong: unknown[] = [{ e: 'z' }, { e: 'w', z: 'w' }, { e: 'W' }, { e: '' }, { e: 'ww' }, { e: 'Mod+w' }, { e: '7' }, { e: 'g' }, { e: ' ' }, { e: 'Enter' }, { g: 'w' }, { Escape: 'w' }, { e: 5 }, { e: null }, [], 'e', null, { ['x'.repeat(70_000)]: 'w' }, { e: '\ud800' }, JSON.parse('{"__proto__":{"e":"w"},"constructor":"w"}')];
    for (const each of wrong) expect(await refused(each), JSON.stringify(each)?.slice(0, 60)).toBe('bad_input');
    expect((await core.call('settings.get', {})).hotkeys).toEqual({ e: 'w' });
  });
  it('that a profile holds and this version cannot read are taken for none: it opens', async () => {
    core.app.db.run("INSERT INTO settings (key, value) VALUES ('hotkeys', '{\"e\":\"z\"}'), ('theme', '\"dark\"') ON CONFLICT (key) DO UPDATE SET value = excluded.value");
    await core.restart();
    const settings = await core.call('settings.get', {});
    expect(settings).toMatchObject({ hotkeys: {}, theme: 'dark' });
    expect(methods['settings.get'].output.safeParse(settings).success).toBe(true);
  });
});
