/** A cell: text, a number of ours, or nothing. */
export type Cell = string | number | null;

/** Spreadsheets take a file without it for one in the encoding of the machine. */
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Where a spreadsheet may see the beginning of a formula: at the beginning of a text, and behind whatever might be taken
 * for a separator (some read `;` or a tab as one, whatever the file says, and a quote then ends the quoting), with what is
 * invisible in front of it. The wide forms of the signs are taken for the signs, too.
 */
const FORMULAS = /(?<=^|[\t\r\n;,|"])(?=[\s\p{C}"]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\u2212])/gu;
/** A tab or a line break at the beginning is itself such a sign. */
const LEADING_CONTROL = /^(?=[\t\r\n])/;

/**
 * Rows as CSV (RFC 4180) that no spreadsheet executes: texts are quoted, and what might begin a formula has an apostrophe
 * in front of it, which spreadsheets take for "this is text" (https://owasp.org/www-community/attacks/CSV_Injection).
 * Numbers are written as they are.
 */
export const toCsv = (rows: readonly (readonly Cell[])[]): string =>
  BYTE_ORDER_MARK + rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('');

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  return `"${inert(cell).replaceAll('"', '""')}"`;
}

function inert(text: string): string {
  const marked = text.replace(FORMULAS, "'");
  return marked.startsWith("'") ? marked : marked.replace(LEADING_CONTROL, "'");
}
