import { parse } from "csv-parse/sync";
import { SourceFormatError } from "./source.ts";

/** A row by its header's names, in lower case with single blanks. */
export type Row = Record<string, string>;

/**
 * The rows below the first line whose cells hold all of `columns` (in any order and case), whatever stands above it.
 * Throws SourceFormatError when there is no such line, when a name comes twice, or a row has another number of cells.
 */
export function rowsUnder(text: string, columns: readonly string[]): { rows: Row[]; warnings: string[] } {
  const { records, warnings } = recordsOf(text);
  const at = records.findIndex((cells) => columns.every((name) => cells.some((cell) => nameOf(cell) === name)));
  const header = records[at];
  if (!header) throw new SourceFormatError(`There is no header line with ${columns.join(", ")}`);
  const names = header.map(nameOf);
  while (names.at(-1) === "") names.pop();
  if (new Set(names).size < names.length) throw new SourceFormatError(`The header names a column twice: ${names.join(", ")}`);
  const rows = records.slice(at + 1).map((cells, row) => {
    if (cells.length < names.length || cells.slice(names.length).some((cell) => cell.trim() !== "")) {
      throw new SourceFormatError(`Row ${row + 1} below the header has ${cells.length} cells instead of ${names.length}`);
    }
    return Object.fromEntries(names.map((name, i) => [name, (cells[i] ?? "").trim()]));
  });
  return { rows, warnings };
}

/**
 * All records, quotes undone, empty lines left out. A last line that isn't ended may have been cut off in the middle of a
 * number: it is left out, with a warning.
 */
export function recordsOf(text: string): { records: string[][]; warnings: string[] } {
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  const warnings = whole === text ? [] : ["The last line isn't ended and may be cut off: it was left out"];
  try {
    return { records: parse(whole, { relax_column_count: true, skip_empty_lines: true, bom: true, relax_quotes: false }), warnings };
  } catch (cause) {
    throw new SourceFormatError("The document isn't CSV", { cause });
  }
}

function nameOf(cell: string): string {
  return cell.trim().replaceAll(/\s+/g, " ").toLowerCase();
}
