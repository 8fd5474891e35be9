import type { Fuel, Observation } from "#domains/grid/schema.ts";
import { distinct } from "./distinct.ts";
import { iesoInstant, iesoReports } from "./ieso.ts";
import { SourceFormatError, type Reading, type SourceDocument } from "./source.ts";
import { integerOf, textOf } from "./text.ts";
import { all, iesoDocument, one, textIn, type Element } from "./xml.ts";

/** An IESO report in XML: when it was written, and its body. Throws SourceFormatError for anything else. */
export function iesoReport(bytes: Uint8Array, docIds: readonly string[]): { publishedAt: Date; body: Element } {
  const root = iesoDocument(textOf(bytes), docIds);
  const publishedAt = iesoInstant(textIn(eitherOf(root, "DocHeader", "IMODocHeader"), "CreatedAt"));
  if (!publishedAt) throw new SourceFormatError("The report doesn't say when it was created");
  return { publishedAt, body: eitherOf(root, "DocBody", "IMODocBody") };
}

/** What was read from a report. Throws when it holds nothing, or two values for one interval. */
export function readingOf(publishedAt: Date, observations: readonly Observation[], warnings: Warnings): Reading {
  if (observations.length === 0) throw new SourceFormatError("The report holds no values");
  return { publishedAt, observations: distinct(observations), warnings: warnings.list() };
}

/** The report's newest document, whatever it covers. */
export function newestOf(report: string): SourceDocument {
  return { url: `${iesoReports}/${report}/PUB_${report}.xml` };
}

/** The report of a day (20260928) or an hour (2026092808), which may not exist yet, or no longer. */
export function documentOf(report: string, dated: string): SourceDocument {
  return { url: `${iesoReports}/${report}/PUB_${report}_${dated}.xml`, mayBeMissing: true };
}

/** The text of a child that must be there and not be empty. */
export function textOfChild(element: Element, name: string): string {
  const text = textIn(element, name)?.trim();
  if (!text) throw new SourceFormatError(`There is no ${name}`);
  return text;
}

/**
 * Elements with the hour or interval that each names. They must follow one another: after a gap something is missing, and
 * what comes next may belong to something else.
 */
export function numbered(elements: readonly Element[], name: string): { number: number; element: Element }[] {
  let before: number | undefined;
  return elements.map((element) => {
    const number = integerOf(textIn(element, name), name);
    if (before !== undefined && number !== before && number !== before + 1) throw new SourceFormatError(`${name} ${number} follows ${before}`);
    before = number;
    return { number, element };
  });
}

/** What comes to light while reading, each thing once. */
export class Warnings {
  readonly #sentences = new Set<string>();

  add(sentence: string): void {
    this.#sentences.add(sentence);
  }

  /** Names elements at any depth that the report didn't have before: they are left out. */
  unknownNames(element: Element, known: readonly string[] | RegExp): void {
    if (known instanceof RegExp) return this.#unknown(element, (name) => known.test(name));
    const names = new Set(known);
    this.#unknown(element, (name) => names.has(name));
  }

  #unknown(element: Element, isKnown: (name: string) => boolean): void {
    for (const child of element.children) {
      if (isKnown(child.name)) this.#unknown(child, isKnown);
      else this.add(`${child.name} is new in this report: it was left out`);
    }
  }

  /** Names a mark other than that of the dispatch run, such as an administered value's: the value is kept. */
  flag(flag: string | undefined): void {
    if (flag && flag.trim() !== "" && flag.trim() !== "DSO-RD") this.add(`Some values are marked ${flag.trim()} instead of DSO-RD`);
  }

  list(): string[] {
    return [...this.#sentences];
  }
}

const fuelNames: Readonly<Record<string, Fuel>> = {
  NUCLEAR: "nuclear", HYDRO: "hydro", BIOFUEL: "biofuel", OTHER: "other", COAL: "coal", GAS: "gas", WIND: "wind", SOLAR: "solar",
};

/** The fuel that IESO calls by this name; undefined for one that is new. */
export function iesoFuel(name: string): Fuel | undefined {
  return Object.hasOwn(fuelNames, name.toUpperCase()) ? fuelNames[name.toUpperCase()] : undefined;
}

function eitherOf(root: Element, first: string, second: string): Element {
  return one(root, all(root, first).length > 0 ? first : second);
}
