/** The named references that texts of Spanish and English pages use; any other stays as it is written. */
const NAMED: Readonly<Record<string, string>> = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: '’', nbsp: ' ', ensp: ' ', emsp: ' ', thinsp: ' ', shy: '', zwnj: '', iexcl: '¡', iquest: '¿', ordf: 'ª', ordm: 'º', deg: '°', middot: '·', bull: '•', sect: '§', euro: '€', pound: '£',
  copy: '©', reg: '®', trade: '™', laquo: '«', raquo: '»', lsquo: '‘', rsquo: '’', sbquo: '‚', ldquo: '“', rdquo: '”', bdquo: '„', ndash: '–', mdash: '—', hellip: '…', times: '×', frac12: '½', frac14: '¼', frac34: '¾', sup2: '²', sup3: '³',
  aacute: 'á', eacute: 'é', iacute: 'í', oacute: 'ó', uacute: 'ú', Aacute: 'Á', Eacute: 'É', Iacute: 'Í', Oacute: 'Ó', Uacute: 'Ú', ntilde: 'ñ', Ntilde: 'Ñ', uuml: 'ü', Uuml: 'Ü', ouml: 'ö', Ouml: 'Ö', auml: 'ä', Auml: 'Ä', szlig: 'ß',
  agrave: 'à', egrave: 'è', igrave: 'ì', ograve: 'ò', ugrave: 'ù', Agrave: 'À', Egrave: 'È', acirc: 'â', ecirc: 'ê', icirc: 'î', ocirc: 'ô', ucirc: 'û', iuml: 'ï', ccedil: 'ç', Ccedil: 'Ç', atilde: 'ã', otilde: 'õ',
};
/** What is between these is not for reading. */
const UNREAD = new Set(['script', 'style', 'template', 'noscript', 'iframe', 'svg', 'math', 'textarea', 'title']);
/** These stand within a word or a sentence; any other tag ends one. */
const INLINE = new Set(['a', 'abbr', 'b', 'bdi', 'bdo', 'cite', 'code', 'em', 'font', 'i', 'ins', 'del', 'mark', 'q', 's', 'small', 'span', 'strong', 'sub', 'sup', 'time', 'u', 'wbr']);
/** Controls, and marks that turn the direction of what stands around them. */
const UNMEANT = /(?![\n\t])\p{Cc}|[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\p{Cs}]/gu;

function character(code: number): string {
  return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '';
}
/** References of HTML as the letters they mean, once: what comes out is not looked at again. */
export function decodeEntities(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+\d{0,2}));/giu, (whole, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
    if (hex !== undefined) return character(Number.parseInt(hex, 16));
    if (decimal !== undefined) return character(Number(decimal));
    return (name !== undefined && Object.hasOwn(NAMED, name) ? NAMED[name] : undefined) ?? whole;
  });
}

/** Text of what may be HTML, on one line: tags and what is not for reading left out, in one pass over it. It is text and nothing else: whoever shows it shows it as such. */
export function plainText(source: string): string {
  let out = '';
  let at = 0;
  while (at < source.length) {
    const open = source.indexOf('<', at);
    if (open < 0) break;
    out += source.slice(at, open);
    if (source.startsWith('<!--', open)) {
      const end = source.indexOf('-->', open + 4);
      at = end < 0 ? source.length : end + 3;
      continue;
    }
    const next = source[open + 1] ?? '';
    if (!/[a-z/!?]/iu.test(next)) {
      // "3 < 5" is no tag.
      out += '<';
      at = open + 1;
      continue;
    }
    const close = source.indexOf('>', open);
    if (close < 0) {
      at = source.length;
      break;
    }
    const name = /^<\/?([a-z][a-z0-9]*)/iu.exec(source.slice(open, open + 24))?.[1]?.toLowerCase() ?? '';
    at = close + 1;
    if (!INLINE.has(name)) out += ' ';
    if (next !== '/' && UNREAD.has(name) && source[close - 1] !== '/') {
      const end = indexOfTag(source, `</${name}`, at);
      at = end < 0 ? source.length : end;
    }
  }
  out += source.slice(at);
  return cleanText(decodeEntities(out));
}
/** Where an end tag begins, in either case. */
function indexOfTag(source: string, tag: string, from: number): number {
  for (let at = source.indexOf('</', from); at >= 0; at = source.indexOf('</', at + 2)) if (source.slice(at, at + tag.length).toLowerCase() === tag) return at;
  return -1;
}
/** Without controls, marks of direction and broken letters, every run of space one space. */
export function cleanText(text: string): string {
  return text.replace(UNMEANT, '').replace(/\s+/gu, ' ').trim();
}
/** At most so many UTF-16 units, cut at a word, never within a letter. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1);
  const space = cut.lastIndexOf(' ');
  return `${(space > most / 2 ? cut.slice(0, space) : cut.replace(/[\ud800-\udbff]$/u, '')).trimEnd()}…`;
}
