import { describe, expect, it } from 'vitest';
import { feedAddress, overTls } from './feedFetch.ts';
import { feedNamedBy, parseFeedText } from './feedParse.ts';
import { plainText, shortened } from './plainText.ts';

describe('text out of HTML', () => {
  it('is what a reader sees, on one line', () => {
    for (const [html, text] of [
      ['<p>Uno</p><p>dos<br>tres</p>', 'Uno dos tres'], ['Una <b>pala</b>bra', 'Una palabra'], ['3 < 5 y 7 > 2', '3 < 5 y 7 > 2'], ['A&nbsp;&amp;&nbsp;B &iquest;qu&eacute;? &#x20AC; &#8212;', 'A & B ¿qué? € —'],
      ['&amp;lt;b&amp;gt;', '&lt;b&gt;'], ['<!-- no --><style>p{}</style><SCRIPT>alert("</p>")</SCRIPT>Sí', 'Sí'], ['Sin cerrar <img src="x', 'Sin cerrar'], ['antes <script>para siempre', 'antes'], ['&constructor; &#0; &#xD800; &nada;', '&constructor; &nada;'],
      ['de\u202erecha\u2066 \u0000\u0007\ud800', 'derecha'], ['👩‍💻 y 🧵', '👩‍💻 y 🧵'], ['<svg/>fuera', 'fuera'],
    ] as const) expect(plainText(html), html).toBe(text);
  });
  it('is found in one pass, however it is written', () => {
    for (const piece of ['<', '<a ', '</script', '<!--', '<script>', '&#', '<p><']) {
      const begun = performance.now();
      plainText(piece.repeat(20_000));
      expect(performance.now() - begun, piece).toBeLessThan(1000);
    }
  });
  it('is cut at a word, and never within a letter', () => {
    expect(shortened('uno dos tres', 9)).toBe('uno dos…');
    expect(shortened('aaaaaaa🧵b', 9)).toBe('aaaaaaa…');
    expect(shortened('corto', 9)).toBe('corto');
  });
});

describe('a feed', () => {
  const parse = (text: string, zone = 'Europe/Madrid') => parseFeedText(text, 'https://cuentaclara.example.com/feed', zone, Date.UTC(2026, 10, 24));
  it('tells its entries by GUID and address, with days of the account', async () => {
    const item = (inner: string): string => `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><item>${inner}</item></channel></rss>`;
    expect(await parse(item('<title>T</title><guid>https://cuentaclara.example.com/a?utm_medium=rss</guid><pubDate>Mon, 23 Nov 2026 23:30:00 GMT</pubDate><content:encoded><![CDATA[<p>Largo</p>]]></content:encoded>'))).toEqual({
      title: 'cuentaclara.example.com',
      entries: [{ keys: ['guid https://cuentaclara.example.com/a?utm_medium=rss', 'url https://cuentaclara.example.com/a'], title: 'T', url: 'https://cuentaclara.example.com/a?utm_medium=rss', summary: 'Largo', publishedOn: '2026-11-24' }],
    });
    // A day that is written as a day is that day everywhere.
    expect((await parse(item('<title>T</title><dc:date>2026-11-24</dc:date>'), 'America/Bogota')).entries).toMatchObject([{ keys: ['title T'], publishedOn: '2026-11-24' }]);
    expect((await parse(item('<description>Solo esto</description><pubDate>ayer</pubDate>'))).entries).toMatchObject([{ title: 'Solo esto', publishedOn: null }]);
    expect((await parse(item('<link>https://u:p@x.example.com/</link><pubDate>Mon, 23 Nov 2099 23:30:00 GMT</pubDate>'))).entries).toEqual([]);
  });
  it('is named by a page in any order of its words', () => {
    const base = 'https://cuentaclara.example.com/blog/';
    expect(feedNamedBy("<link href='../rss.xml' type='application/rss+xml' rel='alternate'>", base)).toBe('https://cuentaclara.example.com/rss.xml');
    expect(feedNamedBy('<link rel=alternate type=application/feed+json href=/f.json><a href=x>', base)).toBe('https://cuentaclara.example.com/f.json');
    for (const none of ['<link rel="alternate" hreflang="en" href="/en">', '<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">', '']) expect(feedNamedBy(none, base)).toBeNull();
  });
});

describe('the address of a feed', () => {
  it('is asked for as it was meant, and with TLS unless the server is the one that stands in for X here', () => {
    const of = (text: string): string => overTls(feedAddress(text), 'http://127.0.0.1:4890').href;
    for (const [text, address] of [
      ['cuentaclara.example.com/feed', 'https://cuentaclara.example.com/feed'], [' feed:https://a.example.com/x ', 'https://a.example.com/x'], ['feed://a.example.com/x', 'https://a.example.com/x'],
      ['http://a.example.com/x', 'https://a.example.com/x'], ['http://127.0.0.1:4890/x', 'http://127.0.0.1:4890/x'], ['http://127.0.0.1:4891/x', 'https://127.0.0.1:4891/x'],
    ] as const) expect(of(text), text).toBe(address);
    expect(() => of('no es nada')).toThrow('feed_refused');
  });
});
