const thinSpace = "\u2009";
const noBreakSpace = "\u00a0";

/** A whole number with thin-space grouping: "19 526". */
export function formatCount(value: number): string {
  return Math.round(value).toString().replace(/\B(?=(\d{3})+$)/g, thinSpace);
}

/** "1 passage", "4 passages" */
export function formatQuantity(value: number, noun: string): string {
  return `${formatCount(value)} ${noun}${value === 1 ? "" : "s"}`;
}

/** "40 ms" below a tenth of a second, then "1.2 s". */
export function formatDuration(milliseconds: number): string {
  return milliseconds < 100
    ? `${Math.max(1, Math.round(milliseconds))}${noBreakSpace}ms`
    : `${(milliseconds / 1_000).toFixed(1)}${noBreakSpace}s`;
}
