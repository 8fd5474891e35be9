import ArrowDown from "lucide-react/icons/arrow-down";
import ArrowUp from "lucide-react/icons/arrow-up";
import Link from "next/link";
import type { ReactNode } from "react";
import { formatChange, formatNumber, formatShare } from "#lib/format-number.ts";
import { fuelNames, orderRows, regionFacts, rowsOf, type Region, type RegionRow, type RowOrder } from "#domains/grid/index.ts";
import { fuelColour, regionColour } from "#domains/grid/components/colours.ts";
import { peakOf } from "#domains/grid/components/extents.ts";
import { newest } from "#domains/grid/components/source-health-table.tsx";
import { SourceDot } from "#domains/grid/components/source-state.tsx";
import { clockFor } from "#domains/grid/components/zone-choice.ts";
import { clockOf } from "#domains/grid/server.ts";
import { Card } from "#ui/card.tsx";
import { cx } from "#ui/class-names.ts";
import { LinkGroup } from "#ui/link-group.tsx";
import { routes } from "#ui/shell/routes.ts";
import type { Provinces } from "#app/(public)/grid/provinces/load-provinces.ts";
import type { ProvinceFilters } from "#app/(public)/grid/provinces/province-filters.ts";

type LinkTo = (changed: Partial<ProvinceFilters["query"]>) => string;

interface RegionTableProps extends Provinces {
  filters: ProvinceFilters;
  now: Date;
  link: LinkTo;
}

interface Column {
  label: string;
  order?: RowOrder;
  cell: (row: RegionRow) => ReactNode;
}

const pages: Partial<Record<Region, string>> = { "CA-ON": routes.ontario.href, "CA-AB": routes.alberta.href };
const sharesSaid = 3;
const unknown = (
  <span className="text-muted">
    <span aria-hidden>–</span>
    <span className="sr-only">not published</span>
  </span>
);

/** Every region's newest figures; those without a feed say so. */
export function RegionTable({ status, demand, filters, now, link }: RegionTableProps) {
  const peaks = new Map(demand.flatMap(({ region, lines }) => {
    const peak = peakOf(lines);
    return peak ? [[region, peak.value] as const] : [];
  }));
  const rows = orderRows(rowsOf(status, peaks), filters.order, filters.reversed);
  const columns = columnsOf((row) => clockFor(filters.zone, clockOf(regionFacts[row.region].zone, now)), now);
  const orderLink = (order: RowOrder) => link({ sort: order === "demand" ? undefined : order, order: filters.order === order && !filters.reversed ? "reversed" : undefined });
  return (
    <Card id="regions" title="All regions">
      <div className="my-2 md:hidden">
        <LinkGroup label="Sorted by" choices={columns.flatMap(({ label, order }) => (order ? [{ label: label.split(",")[0] ?? label, href: orderLink(order), current: filters.order === order }] : []))} />
      </div>
      <table role="table" className="data-table mt-2" data-cards="">
        <caption className="sr-only">All regions: demand, peak, shares of generation, price, net export and emissions intensity</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map(({ label, order }) => (
              <th key={label} role="columnheader" scope="col" aria-sort={order === filters.order ? ((order === "name") !== filters.reversed ? "ascending" : "descending") : undefined} className={cx(order && order !== "name" && "text-right!")}>
                {order ? (
                  <Link href={orderLink(order)} prefetch={false} scroll={false} className="touch-area inline-flex items-center gap-1 text-muted no-underline hover:text-text [&_.lucide]:size-3">
                    {label}
                    {order === filters.order && ((order === "name") !== filters.reversed ? <ArrowUp /> : <ArrowDown />)}
                  </Link>
                ) : (
                  label
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={row.region} role="row">
              {columns.map(({ label, order, cell }, index) =>
                index === 0 ? (
                  <th key={label} role="rowheader" scope="row">
                    {cell(row)}
                  </th>
                ) : (
                  (row.status !== null || index === 1) && (
                    <td key={label} role="cell" data-label={label} colSpan={row.status === null ? columns.length - 1 : undefined} className={cx(order && row.status !== null && "md:text-right!")}>
                      <div className="min-w-0">{row.status === null ? <span className="text-muted">No public feed read</span> : cell(row)}</div>
                    </td>
                  )
                ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-3 border-t pt-2 text-12 text-muted">A dash stands for what isn’t published, or has no value in this range. Shares are of what is generated in the region; a positive net export leaves it.</p>
    </Card>
  );
}

function columnsOf(clock: (row: RegionRow) => Parameters<typeof newest>[1], now: Date): Column[] {
  return [
    { label: "Region", order: "name", cell: (row) => <RegionName {...row} /> },
    { label: "Demand, MW", order: "demand", cell: ({ status }) => numberOr(status?.demand?.value) },
    { label: "Peak, MW", order: "peak", cell: ({ peakMw }) => numberOr(peakMw) },
    { label: "Generation", cell: ({ shares }) => (shares.length === 0 ? unknown : <Shares shares={shares} />) },
    { label: "Price, $/MWh", order: "price", cell: ({ status }) => (status?.price ? formatNumber(status.price.value, 2) : unknown) },
    { label: "Net export, MW", order: "net-export", cell: ({ status }) => (status?.netExport ? formatChange(status.netExport.value) : unknown) },
    { label: "Intensity, g/kWh", order: "intensity", cell: ({ status }) => numberOr(status?.intensityGramsPerKwh) },
    { label: "Newest data", cell: (row) => <Newest row={row} clock={clock(row)} now={now} /> },
  ];
}

function numberOr(value: number | null | undefined): ReactNode {
  return value === null || value === undefined ? unknown : formatNumber(value);
}

function RegionName({ region, name }: RegionRow) {
  const page = pages[region];
  return (
    <span className="inline-flex items-center gap-2">
      <i aria-hidden className="h-[3px] w-3 flex-none rounded-small" style={{ background: regionColour(region) }} />
      {page ? (
        <Link href={page} prefetch={false} className="touch-area">
          {name}
        </Link>
      ) : (
        name
      )}
    </span>
  );
}

function Shares({ shares }: Pick<RegionRow, "shares">) {
  const said = shares.slice(0, sharesSaid).map(({ fuel, share }) => `${fuelNames[fuel]} ${formatShare(share, 0)}`);
  return (
    <>
      <span aria-hidden className="mb-0.5 flex h-2 w-36 gap-px overflow-hidden rounded-small">
        {shares.map(({ fuel, share }) => (
          <i key={fuel} className="block" style={{ width: `${share * 100}%`, background: fuelColour(fuel) }} />
        ))}
      </span>
      <span className="text-12 text-muted">{said.join(", ")}</span>
    </>
  );
}

function Newest({ row: { status, source }, clock, now }: { row: RegionRow; clock: Parameters<typeof newest>[1]; now: Date }) {
  if (!status?.demand || !source) return unknown;
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <SourceDot state={source.state} />
      {status.sample ? "Sample data" : newest(status.demand.end, clock, now)}
    </span>
  );
}
