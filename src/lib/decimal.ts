/** An exact decimal: `units` of 10 to the power of minus `scale`. For money, which floats can't hold. */
export interface Decimal {
  units: bigint;
  scale: number;
}

export const zero: Decimal = { units: 0n, scale: 0 };

const written = /^(-?)(\d{1,30})(?:\.(\d{1,60}))?$/;

/** Reads a decimal such as `0.125` or `-12`. Throws a TypeError for any other text, exponents included. */
export function parseDecimal(text: string): Decimal {
  const match = written.exec(text);
  if (!match) throw new TypeError(`${JSON.stringify(text.slice(0, 40))} isn't a decimal number`);
  const [, sign = "", whole = "", fraction = ""] = match;
  const units = BigInt(whole + fraction);
  return { units: sign === "-" ? -units : units, scale: fraction.length };
}

/** True for text that parseDecimal() reads. */
export function isDecimal(text: string): boolean {
  return written.test(text);
}

/** Without needless zeros, never with an exponent. */
export function formatDecimal({ units, scale }: Decimal): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale);
  let end = digits.length;
  while (end > digits.length - scale && digits[end - 1] === "0") end -= 1;
  const fraction = digits.slice(digits.length - scale, end);
  return `${units < 0n ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { units: at(a, scale) + at(b, scale), scale };
}

/** `times` is a whole number. */
export function multiplyDecimal({ units, scale }: Decimal, times: number | bigint): Decimal {
  return { units: units * BigInt(times), scale };
}

/** Divides by 10 to the power of `places`, without loss. */
export function shiftDecimal({ units, scale }: Decimal, places: number): Decimal {
  return { units, scale: scale + places };
}

/** Below zero when a is less, above when it is more, 0 when they are the same number. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale);
  const difference = at(a, scale) - at(b, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function at({ units, scale }: Decimal, wanted: number): bigint {
  return units * 10n ** BigInt(wanted - scale);
}
