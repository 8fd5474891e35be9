/**
 * How both engines give values to TypeScript, by the type's OID, so that code can't tell which one it runs on:
 * bigint as number where it is safe (counts, identities), numeric and date as text (exact), timestamptz as Date.
 */
export const valueParsers: Record<number, (text: string) => unknown> = {
  20: (text) => {
    const value = Number(text);
    return Number.isSafeInteger(value) ? value : BigInt(text);
  },
  1082: (text) => text,
  1700: (text) => text,
};
