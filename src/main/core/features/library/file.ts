import { plainWord } from '../../../../shared/domain/bulk.ts';
import { readTable, toldNames } from '../publishing/csv.ts';

const HEADERS = {
  title: ['title', 'titulo', 'titular', 'headline', 'nombre', 'name'],
  url: ['url', 'enlace', 'link', 'direccion', 'address', 'web'],
  theme: ['theme', 'tema', 'topic', 'seccion', 'section'],
  tier: ['tier', 'tipo', 'type', 'nivel', 'level', 'categoria', 'category'],
  published: ['published', 'publicado', 'publicada', 'fecha', 'date', 'publication date', 'fecha de publicacion'],
  expires: ['expires', 'caduca', 'caducidad', 'expiry', 'vence'],
  text: ['text', 'texto', 'post', 'entrada', 'tweet', 'tuit', 'mensaje', 'message'],
} as const;
type Column = keyof typeof HEADERS;
const COLUMNS = Object.keys(HEADERS) as Column[];

/** A row of a file of items, not yet judged. */
export type FileRow = Record<Column, string> & { line: number };

/** Characters that no cell means: those of a file in UTF-16 read as bytes, and other controls but line breaks and tabs. */
const UNMEANT = /(?![\n\r\t])\p{Cc}/gu;

/**
 * Rows of a CSV, TSV or semicolon file of items. A header names the columns, in either language; without one they are title, url,
 * theme, tier, published, expires, text. Throws CsvUnreadable with the line.
 */
export function readItems(content: string): { rows: FileRow[]; unknownColumns: string[] } {
  // A byte order mark that was read as letters belongs to no name.
  const table = readTable(content.replace(UNMEANT, '').replace(/^(?:\u00ff\u00fe|\u00fe\u00ff|\u00ef\u00bb\u00bf|\ufffd+)/u, ''));
  const names = table[0]?.cells ?? [];
  const plain = names.map(plainWord);
  const found = new Map(COLUMNS.map((column) => [column, plain.findIndex((word) => (HEADERS[column] as readonly string[]).includes(word))]));
  const header = [...found.values()].some((at) => at >= 0);
  const at = (column: Column): number => (header ? (found.get(column) ?? -1) : COLUMNS.indexOf(column));
  const rows = table.slice(header ? 1 : 0).map(({ line, cells }) => {
    const cell = (column: Column): string => cells[at(column)]?.trim() ?? '';
    return { line, title: cell('title'), url: cell('url'), theme: cell('theme'), tier: cell('tier'), published: cell('published'), expires: cell('expires'), text: cell('text') };
  });
  const used = new Set(found.values());
  return { rows, unknownColumns: header ? toldNames(names.filter((_, i) => !used.has(i))) : [] };
}
