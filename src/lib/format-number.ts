/** As narrow as a thin space, but lines don't break at it. */
const narrowSpace = "\u202f";
const noBreakSpace = "\u00a0";
const minus = "\u2212";

/** With so many decimals, grouping by narrow spaces and a real minus sign: "−1 234.5". Zero has no sign. */
export function formatNumber(value: number, decimals = 0): string {
  const [whole = "", fraction] = Math.abs(value).toFixed(decimals).split(".");
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, narrowSpace) + (fraction === undefined ? "" : `.${fraction}`);
  return value < 0 && /[1-9]/.test(digits) ? minus + digits : digits;
}

/** To so many significant digits, of which one at least stands before the point: 17 747 is "17 700", 1.8649 "1.86", 0.0456 "0.05". */
export function formatSignificant(value: number, digits = 3): string {
  if (value === 0) return "0";
  const rounded = Number(value.toPrecision(digits));
  const whole = Math.floor(Math.log10(Math.abs(rounded))) + 1;
  return formatNumber(rounded, Math.max(0, digits - Math.max(whole, 1)));
}

/** With its sign, also of what grows: "+0.42", "−0.08"; what rounds to zero has none. */
export function formatChange(value: number, decimals = 0): string {
  const text = formatNumber(value, decimals);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** A share of 1 as a percentage: "49.1 %". */
export function formatShare(share: number, decimals = 1): string {
  return `${formatNumber(share * 100, decimals)}${noBreakSpace}%`;
}

/** A whole number with grouping by narrow spaces: "19 526". */
export function formatCount(value: number): string {
  return Math.round(value).toString().replace(/\B(?=(\d{3})+$)/g, narrowSpace);
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

/** A number with its unit: "17 747 MW", "−$38.20/MWh" for CAD/MWh, "71 %". */
export function formatMeasure(value: number, unit: string, decimals = 0): string {
  const text = formatNumber(value, decimals);
  if (unit === "CAD/MWh") return text.startsWith(minus) ? `${minus}$${text.slice(1)}/MWh` : `$${text}/MWh`;
  return unit === "" ? text : `${text}${unit === "°" ? "" : noBreakSpace}${unit}`;
}
