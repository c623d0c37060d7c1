import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY, PRESET_60_40 } from '../../../shared/domain/types.ts';
import { formOf, policyOf, problemsOf, ratioOf, shortLetter, withColor, withoutTier, withTier } from './policyForm.ts';

describe('a ratio as it is being written', () => {
  it('comes back as it was', () => {
    for (const policy of [DEFAULT_POLICY, PRESET_60_40]) expect(policyOf(formOf(policy), policy.mode)).toEqual(policy);
  });
  it('says the ratio divided by what its weights share', () => {
    expect(ratioOf(formOf(PRESET_60_40))).toEqual({ words: '3 : 2', total: 5 });
    expect(ratioOf(formOf(DEFAULT_POLICY))).toEqual({ words: '10 : 4 : 1', total: 15 });
    const form = formOf(DEFAULT_POLICY);
    expect(ratioOf({ ...form, tiers: form.tiers.map((tier, i) => (i === 1 ? { ...tier, weight: '' } : tier)) })).toEqual({ words: '10 : – : 1', total: null });
  });
  it('names what is wrong, field by field, and is no policy until it is right', () => {
    const form = formOf(DEFAULT_POLICY);
    const wrong = { ...form, tiers: form.tiers.map((tier, i) => (i === 0 ? tier : { ...tier, name: { es: ' Gratis', en: '' }, letter: { es: 'g', en: 'X' }, weight: '1.5', grace: '1441' })) };
    expect(problemsOf(wrong).get('premium')).toEqual({ nameEs: 'twice', nameEn: 'empty', letterEs: 'twice', letterEn: 'twice', weight: 'weight', grace: 'grace' });
    expect(policyOf(wrong, 'enforce')).toBeNull();
  });
  it('adds a tier with a key and a colour of its own, and never takes over one that posts still carry', () => {
    const added = withTier(formOf(DEFAULT_POLICY), new Set(['tier4']));
    expect(added.tiers.at(-1)).toMatchObject({ key: 'tier5', color: 'blue', weight: '1' });
    expect(problemsOf(added).get('tier5')).toMatchObject({ nameEs: 'empty' });
  });
  it('has a base whatever goes, and one tier to a colour', () => {
    const form = formOf(DEFAULT_POLICY);
    expect(withoutTier(form, 'free')).toMatchObject({ base: 'premium' });
    expect(withoutTier(form, 'status').tiers.map((tier) => tier.key)).toEqual(['free', 'premium']);
    expect(withColor(form, 'free', 'amber').tiers.map((tier) => tier.color)).toEqual(['amber', 'teal', 'violet']);
  });
  it('takes letters as whole characters', () => {
    expect(shortLetter(' ñu1')).toBe('ÑU');
  });
});
