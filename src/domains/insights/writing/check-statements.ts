import type { Fact, Statement } from "../schema.ts";
import { folded, readQuantities, type CalendarDate, type Quantity } from "./read-numbers.ts";

/** Why a statement of a model isn't shown. */
export type Fault = "empty" | "too long" | "no fact" | "unknown fact" | "markup" | "cause" | "number" | "direction" | "repeated" | "too many";

export interface Checked {
  statements: Statement[];
  dropped: { text: string; fault: Fault }[];
}

/** Statements that are shown at most, facts that one may stand on, and characters that it may have. */
export const statementsAtMost = 8;
const factsAtMost = 8;
const longest = 600;

const markup = /https?:|www\.|[<>`{}]|\]\(|\*\*|^\s*#|[\u0000-\u0008\u200b-\u200f\u202a-\u202e\u2060-\u2069]/;
/** Numbers of a series never say why. */
const cause = /\b(?:because|due to|caused? by|causes|causing|driven by|owing to|thanks to|as a result|result of|resulting from|attributable|a cause d|en raison d|grace a|du a|due a|parce que?|cause par|resulte d|attribuable)/;
const directions = {
  up: /\b(?:rose|risen|rises?|rising|increas\w*|grew|grown|grows?|growing|climb\w*|gain(?:ed|s)?|above|augment\w*|hausse|progress\w*|croiss\w*|au-dessus)\b/,
  down: /\b(?:fell|fallen|falls?|falling|decreas\w*|declin\w*|dropp?(?:ed|s|ing)?|shr[aiu]nk\w*|lost|below|baiss\w*|diminu\w*|recul\w*|chut\w*|au-dessous|en dessous)\b/,
};

/**
 * Of a model's statements, those that their facts bear out: each number, date, time, part and direction of one stands in a fact that it
 * cites, with its unit and its sign; none names a cause. `context` is what the whole answer is about: its dates may be named. Whether a
 * sentence puts two right numbers together wrongly isn't seen: facts are shown with it.
 */
export function checkStatements(statements: readonly Statement[], facts: readonly Fact[], context: string): Checked {
  const known = new Map(facts.map((fact) => [fact.id, fact]));
  const checked: Checked = { statements: [], dropped: [] };
  for (const { text: written, facts: ids } of statements) {
    const text = written.replace(/\s+/g, (space) => (/[\r\n\t]/.test(space) ? " " : space)).trim();
    const cited = [...new Set(ids)].flatMap((id) => known.get(id) ?? []);
    const fault = faultOf(text, ids, cited, context) ?? (checked.statements.some((other) => folded(other.text) === folded(text)) ? "repeated" : null)
      ?? (checked.statements.length === statementsAtMost ? "too many" : null);
    if (fault) checked.dropped.push({ text, fault });
    else checked.statements.push({ text, facts: cited.map(({ id }) => id) });
  }
  return checked;
}

function faultOf(text: string, ids: readonly string[], cited: readonly Fact[], context: string): Fault | null {
  if (text === "") return "empty";
  if (text.length > longest) return "too long";
  if (cited.length === 0 && ids.length === 0) return "no fact";
  if (cited.length < new Set(ids).size || cited.length > factsAtMost) return "unknown fact";
  if (markup.test(text)) return "markup";
  const plain = folded(text);
  if (cause.test(plain)) return "cause";
  const ground = new Ground(cited, context);
  if (!readQuantities(text).every((quantity) => ground.bears(quantity))) return "number";
  const sentences = folded(cited.map(({ sentence }) => sentence).join(" "));
  const isTurned = Object.values(directions).some((words) => words.test(plain) && !words.test(sentences));
  return isTurned ? "direction" : null;
}

const kindsOf = <Kind extends Quantity["kind"]>(kind: Kind, quantities: readonly Quantity[]) =>
  quantities.filter((each): each is Extract<Quantity, { kind: Kind }> => each.kind === kind);

/** What a statement may say: all that its facts print. */
class Ground {
  readonly #cited: readonly Fact[];
  readonly #said: Quantity[];
  readonly #dates: CalendarDate[];

  constructor(cited: readonly Fact[], context: string) {
    this.#cited = cited;
    const own = cited.flatMap((fact) => [fact.title, fact.text, fact.sentence, fact.when, `${fact.value} ${fact.unit}`]).flatMap(readQuantities);
    // Of what the answer is about only its dates count: a number in a name is no value.
    this.#dates = [...kindsOf("date", own), ...kindsOf("date", readQuantities(context))];
    this.#said = own;
  }

  bears(quantity: Quantity): boolean {
    switch (quantity.kind) {
      case "number": return this.#number(quantity);
      case "date": return this.#dates.some((date) => agree(quantity, date));
      case "weekday": return this.#dates.some(({ year, month, day }) => year !== undefined && day !== undefined && new Date(Date.UTC(year, month - 1, day)).getUTCDay() === quantity.day);
      case "time": return kindsOf("time", this.#said).some(({ minutes }) => minutes === quantity.minutes);
      case "hour-ending": return this.#cited.some((fact) => isHourEnding(fact, quantity.hour));
      case "instant": return this.#cited.some(({ interval }) => [interval.from, interval.to].some((end) => Date.parse(end) === quantity.at));
      case "part": return kindsOf("part", this.#said).some(({ word }) => word === quantity.word) || (quantity.word === "zero" && this.#number({ value: 0, unit: null }));
      case "code": return kindsOf("code", this.#said).some(({ text }) => text === quantity.text);
    }
  }

  #number({ value, unit, orHour = false }: Pick<Extract<Quantity, { kind: "number" }>, "value" | "unit" | "orHour">): boolean {
    if (kindsOf("number", this.#said).some((said) => said.value === value && (unit === null || unit === said.unit || (unit === "$" && said.unit === "$/MWh")))) return true;
    if (orHour && kindsOf("time", this.#said).some(({ minutes }) => minutes === (value * 60) % 1_440)) return true;
    return unit === null && this.#dates.some(({ year }) => year === value);
  }
}

/** What both say of a date is the same, and what is asked for is known. */
function agree(stated: CalendarDate, known: CalendarDate): boolean {
  return stated.month === known.month && (stated.day === undefined || stated.day === known.day) && (stated.year === undefined || stated.year === known.year);
}

const hourMs = 3_600_000;

/** Whether a fact is of the hour that ends so on its own clocks: "18:00–19:00" is hour ending 19. */
function isHourEnding({ interval, when }: Fact, hour: number): boolean {
  const end = /–(\d{2}):00\b/.exec(when.normalize("NFKC"));
  return end !== null && Number(end[1]) === hour && Date.parse(interval.to) - Date.parse(interval.from) === hourMs;
}
