/** What is redacted. In order: of two kinds that claim the same stretch of text with the same right, the first has it. */
export const redactionKinds = [
  "private_key",
  "jwt",
  "api_key",
  "email",
  "iban",
  "payment_card",
  "health_card",
  "sin",
  "address",
  "phone",
  "ip_address",
] as const;

export type RedactionKind = (typeof redactionKinds)[number];

/** A stretch that a detector claims. Places are those of the text that it was given. */
export interface Claim {
  kind: RedactionKind;
  start: number;
  end: number;
  /** Characters between the value and the word that says what it is; undefined when its form alone tells. The nearer, the stronger. */
  distance?: number;
}

/** How many values of each kind were replaced; kinds without any are left out. */
export type RedactionSummary = Partial<Record<RedactionKind, number>>;
