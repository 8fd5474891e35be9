import type { ReactNode } from "react";

/** One column of a table of `Row`s. The first column names the row. */
export interface Column<Row> {
  /** Stands over the column, and beside each value on a phone; "" for a column of buttons. */
  label: string;
  cell: (row: Row) => ReactNode;
  align?: "right";
}

interface DataTableProps<Row> {
  /** What the table lists, for those who don't see the page around it. */
  caption: string;
  columns: Column<Row>[];
  rows: Row[];
  keyOf: (row: Row) => string;
}

/** A table whose rows become cards on a narrow screen, each value beside the name of its column. */
export function DataTable<Row>({ caption, columns: [first, ...rest], rows, keyOf }: DataTableProps<Row>) {
  if (!first) return null;
  return (
    <table role="table" className="data-table" data-cards="">
      <caption className="sr-only">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {[first, ...rest].map(({ label, align }) => (
            <th key={label} role="columnheader" scope="col" className={align && "text-right!"}>
              {label || <span className="sr-only">Actions</span>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={keyOf(row)} role="row">
            <th role="rowheader" scope="row">
              {first.cell(row)}
            </th>
            {rest.map(({ label, cell, align }) => (
              <td key={label} role="cell" data-label={label || undefined} className={align && "md:text-right!"}>
                <div className="min-w-0 break-words">{cell(row)}</div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
