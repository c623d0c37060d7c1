import { describe, expect, it } from 'vitest';
import type { RuleView } from '../../../../shared/contract/inbox.ts';
import { REPLY_VARIABLES, ROUTE_VARIABLES } from '../../../../shared/domain/savedReply.ts';
import { formOfRule, handlesOf, isAddress, mayBecomeAddress, minutesOf, movedRule, newRule, problemsOfRule, ruleOf, textProblems, withRule } from './forms.ts';

const rule = (id: string): RuleView => ({ id, name: id, enabled: true, conditions: {}, actions: { high: true } });
const empty = { name: '', handle: '@x', route: '', url: '', phone: '', hours: '' };

describe('what is written in the inbox settings', () => {
  it('reads minutes, and tells none from nothing', () => {
    expect(['', ' ', '1', '1.500', '100 000'].map(minutesOf)).toEqual([null, null, 1, 1500, 100_000]);
    expect(['0', '-5', 'pronto', '100001', '1.5', '12345678'].map(minutesOf)).toEqual(Array.from({ length: 6 }, () => undefined));
  });
  it('takes https addresses with a domain, or none', () => {
    for (const good of ['', 'https://cuentaclara.example.com', ' https://cuentaclara.example.com/consultorio?x=1 ']) expect(isAddress(good), good).toBe(true);
    for (const bad of ['http://cuentaclara.example.com', 'cuentaclara.example.com', 'https://', 'https:cuentaclara.example.com', 'https://casa', 'javascript:alert(1)', 'https://a b.example.com']) expect(isAddress(bad), bad).toBe(false);
    expect(['', 'h', 'https:/', 'https://casa', 'HTTPS://cuentaclara.'].every(mayBecomeAddress)).toBe(true);
    expect(['http://', 'www.', 'https://a b', 'ftp://x'].some(mayBecomeAddress)).toBe(false);
  });
  it('says what stands between a reply and its sending', () => {
    expect(textProblems('Hola, {name|qué tal}: {phone} {phone} {número} {apellido}', ROUTE_VARIABLES, empty)).toEqual([{ hole: '{número}', kind: 'unknown' }, { hole: '{apellido}', kind: 'unknown' }, { hole: '{phone}', kind: 'empty' }]);
    expect(textProblems('{teléfono} {nombre}', ROUTE_VARIABLES, empty)).toEqual([{ hole: '{teléfono}', kind: 'empty' }, { hole: '{nombre}', kind: 'noName' }]);
    expect(textProblems('{url} {handle} {name}', REPLY_VARIABLES, { ...empty, name: 'x' })).toEqual([{ hole: '{url}', kind: 'channelOnly' }, { hole: '{name}', kind: 'noName' }]);
    expect(textProblems('{url|la web}', REPLY_VARIABLES, empty)).toEqual([]);
  });
  it('keeps of a rule only what was chosen, and gives it back as it was', () => {
    const full: RuleView = { id: 'a', name: 'Facturas', enabled: false, conditions: { words: ['factura'], people: ['x'], lang: 'es', hasLink: false, hasQuestion: true, personLabel: 'cliente' }, actions: { kind: 'complaint', high: false, label: 'cobros', snoozeMinutes: 90, routeId: 'r' } };
    expect(ruleOf(formOfRule(full))).toEqual(full);
    expect(ruleOf({ ...formOfRule(full), mute: true }).actions).toEqual({ kind: 'complaint', high: false, label: 'cobros', mute: true, routeId: 'r' });
    expect(ruleOf({ ...newRule('b'), name: ' Todo ', kind: 'other' })).toEqual({ id: 'b', name: 'Todo', enabled: true, conditions: {}, actions: { kind: 'other' } });
  });
  it('finds what a rule lacks', () => {
    expect(problemsOfRule(newRule('a'))).toEqual({ name: true, act: true });
    expect(problemsOfRule({ ...newRule('a'), name: 'x', snooze: 'mucho' })).toEqual({ minutes: true });
    expect(problemsOfRule({ ...newRule('a'), name: 'x', mute: true, snooze: 'mucho' })).toEqual({});
  });
  it('puts rules in order', () => {
    const list = [rule('a'), rule('b'), rule('c')];
    expect(movedRule(list, 'c', -1).map((each) => each.id)).toEqual(['a', 'c', 'b']);
    expect(movedRule(list, 'a', -1)).toEqual(list);
    expect(movedRule(list, 'c', 1)).toEqual(list);
    expect(withRule(list, { ...rule('b'), name: 'B' }).map((each) => each.name)).toEqual(['a', 'B', 'c']);
    expect(withRule(list, rule('d')).map((each) => each.id)).toEqual(['a', 'b', 'c', 'd']);
    expect(handlesOf(['@ana ', 'ana', ' @', 'luis'])).toEqual(['ana', 'luis']);
  });
});
