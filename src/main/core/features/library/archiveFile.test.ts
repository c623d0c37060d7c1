import { describe, expect, it } from 'vitest';
import { ObjectScanner, postOf, readArchive } from './archiveFile.ts';

const SITE = 'https://cuentaclara.example.com';
const post = (text: string, more: object = {}): object => ({ tweet: { id_str: '1', full_text: text, created_at: 'Tue Nov 24 10:00:00 +0000 2026', entities: { urls: [] }, ...more } });
const linked = (text: string, page: string, at = 'Tue Nov 24 10:00:00 +0000 2026'): object => post(text.replace('URL', 'https://t.co/abc'), { created_at: at, entities: { urls: [{ url: 'https://t.co/abc', expanded_url: page, display_url: page }] } });
async function* pieces(script: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(script);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const script = (...posts: object[]): string => `window.YTD.tweets.part0 = ${JSON.stringify(posts, null, 2)}`;

describe("the script of an archive's posts", () => {
  it('gives its objects however it is cut', () => {
    const whole = 'window.YTD.x = [ {"a":"} \\" {","b":{"c":[{}]}}, {"d":1} ]\nwindow.YTD.y = [{"e":"\\\\"}]';
    for (let size = 1; size < whole.length; size += 1) {
      const scanner = new ObjectScanner();
      const found: string[] = [];
      for (let at = 0; at < whole.length; at += size) found.push(...scanner.push(whole.slice(at, at + size)));
      expect(found).toEqual(['{"a":"} \\" {","b":{"c":[{}]}}', '{"d":1}', '{"e":"\\\\"}']);
    }
    const endless = new ObjectScanner();
    const found: string[] = [];
    for (const piece of ['[{"a":"', ...Array.from({ length: 30 }, () => 'x'.repeat(100_000)), '"},{"b":2}]']) found.push(...endless.push(piece));
    expect(found).toEqual(['', '{"b":2}']);
  });
  it('tells own posts with a page from all others, and puts what its short links stand for in their place', () => {
    const kind = (value: object): string => postOf(JSON.stringify(value)).kind;
    expect(kind(post('RT @otra: hola'))).toBe('repost');
    expect(kind(post('@otra sí', { in_reply_to_status_id_str: '5' }))).toBe('reply');
    expect(kind(post('sin enlace'))).toBe('plain');
    expect(kind(linked('cita URL', 'https://twitter.com/otra/status/5'))).toBe('plain');
    expect(kind(linked('mal URL', 'javascript:alert(1)'))).toBe('plain');
    for (const broken of ['', '{', '{}', '[]', '{"tweet":{"full_text":3}}']) expect(postOf(broken).kind, broken).toBe('unread');
    expect(postOf(JSON.stringify(post('A &amp; B: https://t.co/a  https://t.co/foto', { entities: { urls: [{ url: 'https://t.co/a', expanded_url: `${SITE}/a?utm_source=x` }], media: [{ url: 'https://t.co/foto' }] } })))).toEqual({
      kind: 'page', url: `${SITE}/a?utm_source=x`, canonical: `${SITE}/a`, text: `A & B: ${SITE}/a?utm_source=x`, at: Date.UTC(2026, 10, 24, 10),
    });
  });
  it('becomes pages with their texts, newest first, each once however its link was tagged, and no more than an item takes', async () => {
    const many = Array.from({ length: 14 }, (_, i) => linked(`Texto ${i} URL`, `${SITE}/b`, `Tue Nov ${10 + i} 10:00:00 +0000 2026`));
    const found = await readArchive(pieces(script(linked('Año 🧵 URL', `${SITE}/a`), linked('Año 🧵 URL', `${SITE}/a?utm_medium=x`, 'Wed Nov 25 10:00:00 +0000 2026'), ...many, post('RT @x: y')) + `\n${script(post('hola'))}`, 7));
    expect(found.counts).toEqual({ posts: 18, reposts: 1, replies: 0, plain: 1, unread: 0 });
    expect(found.pages.map((page) => [page.canonical, page.posts, page.texts.length])).toEqual([[`${SITE}/a`, 2, 1], [`${SITE}/b`, 14, 10]]);
    expect(found.pages[1]?.texts[0]?.text).toBe(`Texto 13 ${SITE}/b`);
  });
});
