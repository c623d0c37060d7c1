import { parse } from 'csv-parse/sync';
import { plainWord, type RawRow } from '../../../../shared/domain/bulk.ts';

const HEADERS: Record<'text' | 'tier' | 'time', readonly string[]> = {
  text: ['text', 'texto', 'post', 'entrada', 'tweet', 'tuit', 'mensaje'],
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

/**
 * Rows of a CSV, TSV or semicolon file with columns text, tier, time (in any order when a header names them, else in this one).
 * Throws CsvUnreadable with the line.
 */
export function parseCsv(content: string): RawRow[] {
  const text = content.replace(/^\uFEFF/u, '');
  const head = text.split(/\r\n|\r|\n/u, 1)[0] ?? '';
  const count = (mark: string): number => head.split(mark).length - 1;
  const delimiter = [';', '\t'].filter((mark) => count(mark) > 0 && count(mark) >= count(',')).sort((a, b) => count(b) - count(a))[0] ?? ',';
  let records: { record: string[]; info: { lines: number } }[];
  try {
    // The library's typings do not follow `info`; each row's shape is read as this option documents it.
    records = parse(text, { delimiter, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, info: true, trim: true }) as unknown as typeof records;
  } catch (cause) {
    const line = typeof cause === 'object' && cause !== null && 'lines' in cause ? Number(cause.lines) : 1;
    throw new CsvUnreadable(line, cause instanceof Error ? cause.message : String(cause));
  }
  const first = records[0]?.record.map(plainWord) ?? [];
  const columnOf = (kind: keyof typeof HEADERS): number => first.findIndex((word) => HEADERS[kind].includes(word));
  const named = columnOf('text') >= 0;
  const columns = named ? { text: columnOf('text'), tier: columnOf('tier'), time: columnOf('time') } : { text: 0, tier: 1, time: 2 };
  return records.slice(named ? 1 : 0).map(({ record, info }) => ({
    line: info.lines,
    text: (record[columns.text] ?? '').trim(),
    tierWord: columns.tier < 0 ? '' : (record[columns.tier] ?? ''),
    timeWord: columns.time < 0 ? '' : (record[columns.time] ?? ''),
  })).filter((row) => row.text !== '' || row.tierWord !== '' || row.timeWord !== '');
}
