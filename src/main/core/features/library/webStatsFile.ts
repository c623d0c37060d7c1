import { plainWord } from '../../../../shared/domain/bulk.ts';
import { addDays } from '../../../../shared/domain/time.ts';
import { readTable } from '../publishing/csv.ts';

/** Headers of the exports of Google Analytics 4 and of plain files, in both languages, as `plainWord` has them. */
const PAGE = /^(?:page (?:path|location)\b.*|full page url|ruta\b.*|ubicacion de (?:la )?pagina|pagina de destino\b.*|landing page\b.*|url\b.*|direccion|address|enlace|link|path|page|pagina)$/u;
const VIEWS = /^(?:views|vistas|page ?views|screen page views|(?:numero de )?vistas de (?:la )?pagina|paginas vistas|visitas|visits|visualizaciones|clics|clicks)$/u;
const DATE = /^(?:date|fecha|dia|day)$/u;
/** Days counted from the first of the export. */
const NTH = /^(?:nth day|dia n\.? ?[ºo]?|n\.?[ºo] de dia|enesimo dia)$/u;
const HOST = /^(?:host ?name|nombre (?:de|del) host|host)$/u;
const FROM = /^#\s*(?:fecha de inicio|start date)\s*:\s*(\d{4})-?(\d{2})-?(\d{2})/iu;
const TO = /^#\s*(?:fecha de finalizacion|fecha de fin|end date)\s*:\s*(\d{4})-?(\d{2})-?(\d{2})/iu;

export interface StatsRow {
  line: number;
  /** As it is written: an address, or a path of the row's host or of one that is chosen. */
  page: string;
  host: string;
  views: number | null;
  /** Word of the views, and of the day, as written. */
  viewsWord: string;
  dayWord: string;
  /** Number of the day within the export, where it is told so. */
  nth: number | null;
}
export interface StatsFile {
  rows: StatsRow[];
  /** What each thing was read from, by the header's own words; null where the file has it not. */
  columns: { page: string; views: string; day: string | null; host: string | null };
  /** Days that its `#` lines name. */
  span: { from: string; to: string } | null;
}

/**
 * Whole views of what is written: `1234`, `1.234,5`, `1,234.5`, `1 234`. A mark before exactly three digits parts thousands. Null
 * where it is no number.
 */
export function viewsOf(word: string): number | null {
  const text = word.replace(/[\s\u00a0\u202f'’]/gu, '');
  if (!/^\d[\d.,]*$/u.test(text)) return null;
  const [lastDot, lastComma] = [text.lastIndexOf('.'), text.lastIndexOf(',')];
  const grouped = /^\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*$/u.test(text);
  const decimal = grouped ? '' : lastDot > lastComma ? '.' : lastComma > lastDot ? ',' : '';
  // One mark that comes twice parts thousands, whatever stands behind it.
  const at = decimal === '' ? -1 : text.lastIndexOf(decimal);
  const whole = (at < 0 ? text : text.slice(0, at)).replace(/[.,]/gu, '');
  const value = Math.round(Number(`${whole}.${at < 0 ? '0' : text.slice(at + 1)}`));
  return Number.isSafeInteger(value) ? value : null;
}

/** Where the file is one of pages and views; null where it is none. An export may hold several tables between `#` lines: the first of pages is read. Throws CsvUnreadable with the line. */
export function readStats(content: string): StatsFile | null {
  const lines = content.replace(/^\ufeff/u, '').split(/\r\n|\r|\n/u);
  const dated = (pattern: RegExp): string | null => {
    const found = lines.slice(0, 200).map((line) => pattern.exec(line.normalize('NFD').replace(/\p{Mn}/gu, ''))).find((each) => each !== null);
    return found ? `${found[1]}-${found[2]}-${found[3]}` : null;
  };
  const [from, to] = [dated(FROM), dated(TO)];
  const span = from !== null && to !== null && from <= to ? { from, to } : null;
  for (let begin = 0; begin < lines.length; ) {
    const isApart = (line: string): boolean => line.startsWith('#') || line.trim().replace(/[,;\t]/gu, '') === '';
    if (isApart(lines[begin] ?? '')) {
      begin += 1;
      continue;
    }
    let end = begin;
    while (end < lines.length && !isApart(lines[end] ?? '')) end += 1;
    const table = readTable(lines.slice(begin, end).join('\n'));
    const head = table[0]?.cells ?? [];
    const words = head.map(plainWord);
    const at = (pattern: RegExp): number => words.findIndex((word) => pattern.test(word));
    const [views, day, nth, host] = [at(VIEWS), at(DATE), at(NTH), at(HOST)];
    const page = words.findIndex((word, i) => i !== views && i !== host && PAGE.test(word));
    if (page >= 0 && views >= 0) {
      const cell = (cells: readonly string[], column: number): string => (column < 0 ? '' : (cells[column]?.trim() ?? ''));
      const offset = begin;
      return {
        span, columns: { page: head[page] ?? '', views: head[views] ?? '', day: head[day >= 0 ? day : nth] ?? null, host: head[host] ?? null },
        rows: table.slice(1).map(({ line, cells }) => ({
          line: line + offset, page: cell(cells, page), host: cell(cells, host), views: viewsOf(cell(cells, views)), viewsWord: cell(cells, views), dayWord: cell(cells, day),
          nth: day < 0 && nth >= 0 && /^\d{1,5}$/u.test(cell(cells, nth)) ? Number(cell(cells, nth)) : null,
        })),
      };
    }
    begin = end;
  }
  return null;
}

/** `20261124` as the day it is; null for anything else. */
export function compactDay(word: string): string | null {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/u.exec(word) ?? [];
  return year === undefined ? null : `${year}-${month}-${day}`;
}
/** The nth day of a span, from 0; null beyond it. */
export function nthDay(span: { from: string; to: string }, nth: number): string | null {
  const day = addDays(span.from, nth);
  return day <= span.to ? day : null;
}
