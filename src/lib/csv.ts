/**
 * One row of a CSV file (RFC 4180), its line end included. A text that a spreadsheet would take for a formula gets an
 * apostrophe before it, which spreadsheets don't show.
 */
export function csvRow(cells: readonly (string | number | null)[]): string {
  return `${cells.map((cell) => (typeof cell === "number" ? String(cell) : csvText(cell ?? ""))).join(",")}\r\n`;
}

function csvText(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
