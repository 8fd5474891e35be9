import { randomInt } from "node:crypto";
import type { RedactionKind, RedactionSummary } from "./kinds.ts";

/** Names in placeholders: a model sees what kind of thing stands there. */
// None ends as another does: a placeholder that is cut in two would be read as the other.
const labels: Record<RedactionKind | "literal", string> = {
  private_key: "PEM",
  jwt: "TOKEN",
  api_key: "KEY",
  email: "EMAIL",
  iban: "IBAN",
  payment_card: "CARD",
  health_card: "HEALTH",
  sin: "SIN",
  address: "ADDRESS",
  phone: "PHONE",
  ip_address: "IP",
  literal: "TEXT",
};
const names = Object.values(labels).join("|");
/** Letters and digits that can't be taken for one another. */
const tagLetters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
const tagLength = 4;
const maxDigits = 7;

interface Issued {
  placeholder: string;
  value: string;
}

/**
 * The placeholders of one request: `[EMAIL-K7QX-1]`. The tag is the request's, so that no text can hold a placeholder that means
 * something in another; a text that holds one of this request has it replaced like a value. Values live as long as the session.
 */
export class RedactionSession {
  readonly #tag: string;
  readonly #byValue = new Map<string, Issued>();
  readonly #byPlaceholder = new Map<string, Issued>();
  /** What issued placeholders begin with, without bracket and number. */
  readonly #heads = new Set<string>();
  readonly #kinds = new Map<string, RedactionKind>();
  readonly #counts: RedactionSummary = {};
  /** What a model may make of a placeholder: brackets escaped or left out, letters in lower case. Longest form first. */
  readonly #form: RegExp;
  #longest = 0;

  /** `tag` repeats the placeholders of an earlier request with the same values in the same order; letters and digits only. */
  constructor(tag = randomTag()) {
    if (!/^[A-Z0-9]{4,16}$/.test(tag)) throw new RangeError("A tag is 4 to 16 capital letters and digits.");
    this.#tag = tag;
    const core = `(?:${names})-${tag}-\\d{1,${maxDigits}}(?!\\d)`;
    this.#form = new RegExp(`\\[${core}\\]|\\\\\\[${core}\\\\\\]|${core}`, "gi");
  }

  get tag(): string {
    return this.#tag;
  }

  /** How many values were replaced, by kind. */
  get summary(): RedactionSummary {
    return { ...this.#counts };
  }

  /** Values that were replaced and what they are, each once. */
  get values(): ReadonlyMap<string, RedactionKind> {
    return this.#kinds;
  }

  /** The placeholder of a value: the same for the same characters, another for any others. Counts it. */
  issue(kind: RedactionKind | "literal", value: string): string {
    if (kind !== "literal") {
      this.#counts[kind] = (this.#counts[kind] ?? 0) + 1;
      this.#kinds.set(value, kind);
    }
    const known = this.#byValue.get(value);
    if (known) return known.placeholder;
    const head = `${labels[kind]}-${this.#tag}-`;
    const core = `${head}${this.#byValue.size + 1}`;
    const issued = { placeholder: `[${core}]`, value };
    this.#byValue.set(value, issued);
    this.#byPlaceholder.set(core, issued);
    this.#heads.add(head);
    this.#longest = Math.max(this.#longest, core.length + 4);
    return issued.placeholder;
  }

  /** Stretches of a text that read as placeholders of this session, issued or not. */
  lookalikes(text: string): { start: number; end: number }[] {
    if (!text.toUpperCase().includes(this.#tag)) return [];
    return [...text.matchAll(this.#form)].map(({ 0: match, index }) => ({ start: index, end: index + match.length }));
  }

  /** The text with every placeholder that this session issued replaced by its value; anything else stays. */
  restore(text: string): string {
    if (this.#byPlaceholder.size === 0) return text;
    return text.replace(this.#form, (match) => this.#byPlaceholder.get(match.replace(/[[\]\\]/g, "").toUpperCase())?.value ?? match);
  }

  /**
   * From where on the end of a text may be the beginning of a placeholder that the next piece completes; the text's length when
   * it can't be. Never more than a placeholder's length before the end.
   */
  openFrom(text: string): number {
    for (let start = Math.max(0, text.length - this.#longest); start < text.length; start += 1) {
      if (this.#mayBegin(text.slice(start).toUpperCase())) return start;
    }
    return text.length;
  }

  #mayBegin(end: string): boolean {
    const core = end.replace(/^\\?\[?/, "");
    return [...this.#heads].some((head) => head.startsWith(core) || (core.startsWith(head) && /^\d*\\?$/.test(core.slice(head.length))));
  }
}

function randomTag(): string {
  return Array.from({ length: tagLength }, () => tagLetters.charAt(randomInt(tagLetters.length))).join("");
}
