import { parse } from 'csv-parse/sync';
import { plainWord, type RawRow } from '../../../../shared/domain/bulk.ts';

const HEADERS: Record<'text' | 'tier' | 'time', readonly string[]> = {
  text: ['text', 'texto', 'post', 'entrada', 'tweet', 'tuit', 'mensaje', 'message', 'content', 'contenido', 'body', 'cuerpo'],
  tier: ['tier', 'tipo', 'type', 'categoria', 'category', 'nivel', 'level', 'clase'],
  time: ['time', 'hora', 'fecha', 'date', 'datetime', 'fecha y hora', 'when', 'cuando'],
};
export class CsvUnreadable extends Error {
  readonly line: number;
  constructor(line: number, detail: string) {
    super(detail);
    this.line = line;
  }
}

/** Names of columns that are told, and how much of each. */
const NAMES_TOLD = 50;
const NAME_CHARACTERS = 80;

interface Columns {
  header: boolean;
  text: number;
  tier: number;
  time: number;
}
/** Which column is what. A header is known by a name of the text, or by one of the others behind the first column: the text is then what no name takes. */
function columnsOf(first: readonly string[]): Columns {
  const [text, tier, time] = (['text', 'tier', 'time'] as const).map((kind) => first.findIndex((word) => HEADERS[kind].includes(word))) as [number, number, number];
  if (text < 0 && tier < 1 && time < 1) return { header: false, text: 0, tier: 1, time: 2 };
  return { header: true, text: text >= 0 ? text : first.findIndex((_, i) => i !== tier && i !== time), tier, time };
}

/** A file's lines as cells, trimmed, with the number of each line; the first may be a header. Comma, semicolon or tab. Throws CsvUnreadable with the line. */
export function readTable(content: string): { line: number; cells: string[] }[] {
  const text = content.replace(/^\uFEFF/u, '');
  const head = text.split(/\r\n|\r|\n/u, 1)[0] ?? '';
  const count = (mark: string): number => head.split(mark).length - 1;
  const delimiter = [';', '\t'].filter((mark) => count(mark) > 0 && count(mark) >= count(',')).sort((a, b) => count(b) - count(a))[0] ?? ',';
  try {
    // The library's typings do not follow `info`; each row's shape is read as this option documents it.
    const records = parse(text, { delimiter, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, info: true, trim: true }) as unknown as { record: string[]; info: { lines: number } }[];
    return records.map(({ record, info }) => ({ line: info.lines, cells: record }));
  } catch (cause) {
    const line = typeof cause === 'object' && cause !== null && 'lines' in cause ? Number(cause.lines) : 1;
    throw new CsvUnreadable(line, cause instanceof Error ? cause.message : String(cause));
  }
}
/** Names of columns that nothing is taken from, as they are told. */
export const toldNames = (names: readonly string[]): string[] => names.filter((name) => name.trim() !== '').slice(0, NAMES_TOLD).map((name) => name.slice(0, NAME_CHARACTERS));

/**
 * Rows of a CSV, TSV or semicolon file with columns text, tier, time (in any order when a header names them, else in this one),
 * and the names of its columns that nothing is taken from. Throws CsvUnreadable with the line.
 */
export function parseCsv(content: string): { rows: RawRow[]; unknownColumns: string[] } {
  const records = readTable(content);
  const names = records[0]?.cells ?? [];
  const columns = columnsOf(names.map(plainWord));
  const cell = (record: readonly string[], column: number): string => (column < 0 ? '' : (record[column] ?? ''));
  const rows = records.slice(columns.header ? 1 : 0).map(({ cells, line }) => ({
    line, text: cell(cells, columns.text).trim(), tierWord: cell(cells, columns.tier), timeWord: cell(cells, columns.time),
  })).filter((row) => row.text !== '' || row.tierWord !== '' || row.timeWord !== '');
  const used = new Set([columns.text, columns.tier, columns.time]);
  return { rows, unknownColumns: columns.header ? toldNames(names.filter((_, i) => !used.has(i))) : [] };
}
