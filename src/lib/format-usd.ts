import { formatNumber } from "./format-number.ts";

const noBreakSpace = "\u00a0";

/**
 * An exact amount of US dollars for people: "US$12.50" from a cent on, below it as many digits as show three that count, as
 * "US$0.00234". The exact one is what is stored and sent.
 */
export function formatUsd(amount: string): string {
  const value = Number(amount);
  if (value === 0) return `US$${noBreakSpace}0`;
  const size = Math.abs(value);
  if (size >= 0.1) return `US$${noBreakSpace}${formatNumber(value, 2)}`;
  if (size < 1e-9) return `under US$${noBreakSpace}0.000000001`;
  const decimals = Math.min(11, 2 - Math.floor(Math.log10(size)));
  return `US$${noBreakSpace}${formatNumber(value, decimals).replace(/(\.\d*?[1-9])0+$/, "$1")}`;
}
