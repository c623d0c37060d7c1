import { describe, expect, it } from 'vitest';
import { hideSecrets } from './hideSecrets.ts';

describe('answers that repeat what they were asked', () => {
  it('lose every form of a secret, at any depth, and nothing else', () => {
    const secret = 'AAAA%2Fbearer/tok+en==';
    const body = { title: 'Unauthorized', errors: [{ message: `Authorization: Bearer ${secret}`, [secret]: encodeURIComponent(secret) }, Buffer.from(secret).toString('base64')], status: 401, none: null };
    const said = JSON.stringify(hideSecrets(body, [secret, '']));
    for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]) expect(said).not.toContain(form);
    expect(JSON.parse(said)).toMatchObject({ title: 'Unauthorized', errors: [{ message: 'Authorization: Bearer [hidden]' }, '[hidden]'], status: 401, none: null });
  });
});
