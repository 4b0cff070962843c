/** What a spreadsheet would take for a formula, in the full width of Japanese as well. */
const formula = /^[=+\-@\t\r\n＝＋－＠]/;

/** A file that spreadsheets open as it is meant, Japanese included: with a mark of its encoding, and nothing runs. */
export function csvOf(rows: readonly (readonly (string | number)[])[]): string {
  const lines = rows.map((row) => row.map((value) => cellOf(value)).join(','));
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

function cellOf(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
