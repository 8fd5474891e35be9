"use client";

import { useState } from "react";
import { Button } from "#ui/button.tsx";
import { formatCount } from "#lib/format-number.ts";

/** The values behind a figure. */
export interface TableContent {
  /** What the rows are: "Interval". */
  rowLabel: string;
  /** Names of the columns, units included. */
  columns: string[];
  count: number;
  /** A row's name and its cells as text; "" where there is no value. */
  row: (index: number) => { name: string; cells: string[] };
}

const pageSize = 100;

/** A chart as a table, a hundred rows at a time, the newest first page last read at the end. */
export function ValueTable({ caption, rowLabel, columns, count, row }: TableContent & { caption: string }) {
  const pages = Math.max(1, Math.ceil(count / pageSize));
  const [wanted, setPage] = useState(0);
  const page = Math.min(wanted, pages - 1);
  const first = page * pageSize;
  const rows = Array.from({ length: Math.min(pageSize, count - first) }, (_, index) => row(first + index));
  return (
    <div>
      <div role="region" aria-label={`${caption}, values`} tabIndex={0} className="max-h-[420px] overflow-auto rounded border">
        <table className="value-table">
          <caption className="sr-only">{caption}</caption>
          <thead>
            <tr>
              {[rowLabel, ...columns].map((label, index) => (
                <th key={label} scope="col" className={index === 0 ? undefined : "text-right"}>
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, cells }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {columns.map((label, index) => (
                  <td key={label}>{cells[index] === "" || cells[index] === undefined ? <span className="text-muted">no data</span> : cells[index]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {pages > 1 && (
        <nav aria-label={`Pages of ${caption}`} className="mt-2 flex flex-wrap items-center gap-2 text-13 text-muted">
          <Button disabled={page === 0} onClick={() => setPage(page - 1)}>
            Earlier
          </Button>
          <Button disabled={page === pages - 1} onClick={() => setPage(page + 1)}>
            Later
          </Button>
          <span role="status">
            Rows {formatCount(first + 1)}–{formatCount(first + rows.length)} of {formatCount(count)}
          </span>
        </nav>
      )}
    </div>
  );
}
