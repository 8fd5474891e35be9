import { Scan } from "#platform/security/redaction/scan.ts";
import { aroundSignals, harmRules, namedByPurpose, type HarmRule, type PolicyCategory } from "./policy-signals.ts";

export interface PolicyContext {
  /** What the same person asked before, oldest first: a plan may be spread over questions. */
  earlier?: readonly string[];
}

/** What the policy makes of a text. Reasons name signals, never words of the text: they may be logged. */
export type PolicyDecision =
  | { verdict: "allow"; score: number; reasons: string[] }
  | { verdict: "block"; category: PolicyCategory; score: number; reasons: string[]; detail: string };

/** From where on a text is blocked. An act with its object weighs 1 to 2; only together with more does it come so far. */
const blockFrom = 3;
/** How far around an act its context is looked for, in characters. */
const surroundings = 180;
/** The most that named purposes take off where harm is meant. */
const mostOffWhenMeant = 1;
const earlierTexts = 2;
/** How much farther an object may stand from its act when it was named in an earlier question. */
const acrossTexts = 150;

/** What the person reads who is refused: what happened, then what to do. */
const details: Record<PolicyCategory, string> = {
  infrastructure_attack: "This reads as a request to attack infrastructure, which isn't answered. Ask how such attacks are prevented, what has happened, or what the rules require.",
  weapons: "This reads as a request to make a weapon, which isn't answered.",
  malware: "This reads as a request for malicious software, which isn't answered. Ask how systems are protected from it.",
  credential_theft: "This reads as a request to get at somebody's credentials, which isn't answered. Ask how accounts are protected.",
  violence: "This reads as a request to harm or follow a person, which isn't answered.",
  self_harm:
    "This isn't answered here, but you don't have to be alone with it. In Canada, call or text 9-8-8 at any hour, or 911 in an emergency. Au Canada, composez ou textez le 9-8-8 à toute heure, ou le 911 en cas d'urgence.",
  theft: "This reads as a request to steal power or material, which isn't answered. Ask how losses are found and prevented.",
};

/**
 * Whether a text may go to a model. Judges acts with their objects, how they are asked for, plans and pretexts, against signs of
 * defence, history, rules, planning, safety and learning; words alone block nothing. Linear in the text's length, without I/O.
 */
export function decide(text: string, context: PolicyContext = {}): PolicyDecision {
  const own = judge(text);
  if (own.score >= blockFrom || !context.earlier?.length || !namesAnAct(text)) return decisionOf(own);
  const together = judge([...context.earlier.slice(-earlierTexts), text].join("\n"), acrossTexts);
  return decisionOf(together.score > own.score ? { ...together, reasons: [...together.reasons, "earlier questions"] } : own);
}

interface Judgement {
  category: PolicyCategory | undefined;
  score: number;
  reasons: string[];
}

function decisionOf({ category, score, reasons }: Judgement): PolicyDecision {
  if (category === undefined || score < blockFrom) return { verdict: "allow", score, reasons };
  return { verdict: "block", category, score, reasons, detail: details[category] };
}

function namesAnAct(text: string): boolean {
  const { folded } = new Scan(plainLetters(text));
  return harmRules.some(({ act }) => folded.search(act) !== -1);
}

/** The worst of what a text holds. */
function judge(text: string, farther = 0): Judgement {
  const plain = plainLetters(text);
  const scan = new Scan(plain);
  /** The same text without the names of things: what is looked for here excuses. Read only where there is an act. */
  let purposes: Scan | undefined;
  let worst: Judgement = { category: undefined, score: 0, reasons: [] };
  for (const rule of harmRules) {
    for (const { start, end } of actsOf(scan, rule, farther)) {
      const judgement = weigh(scan, (purposes ??= new Scan(plain, namedByPurpose)), rule, start, end);
      if (worst.category === undefined || judgement.score > worst.score) worst = judgement;
    }
  }
  return worst;
}

/** Places of the rule's act that have its object within reach. */
function* actsOf(scan: Scan, { act, object, reach, objectFollows }: HarmRule, farther: number): Generator<{ start: number; end: number }> {
  const within = { before: objectFollows ? -1 : reach + farther, after: reach };
  for (const { 0: match, index } of scan.folded.matchAll(act)) {
    const end = index + match.length;
    if (object === undefined || scan.wordsOf(object).near(index, end, within) !== undefined || scan.wordsOf(object).touches(index, end)) yield { start: index, end };
  }
}

/** How much speaks for harm, around one act, and against it in `purposes`. What happens to a thing (`be shut down`) is less than doing it. */
function weigh(scan: Scan, purposes: Scan, rule: HarmRule, start: number, end: number): Judgement {
  const bounds = { before: surroundings, after: surroundings };
  const around = aroundSignals.filter(({ words, weight }) => {
    const places = (weight < 0 ? purposes : scan).wordsOf(words);
    return places.near(start, end, bounds) !== undefined || places.touches(start, end);
  });
  const against = around.filter(({ weight }) => weight > 0).reduce((sum, { weight }) => sum + weight, 0);
  const off = around.filter(({ weight }) => weight < 0).reduce((sum, { weight }) => sum - weight, 0);
  const counted = rule.always ? 0 : around.some(({ meansHarm }) => meansHarm) ? Math.min(off, mostOffWhenMeant) : off;
  const passive = /\b(?:be|been|being|is|are|was|were|get|gets|etre|est|sont|ete) $/.test(scan.folded.slice(Math.max(0, start - 8), start)) ? 1 : 0;
  return { category: rule.category, score: rule.weight + against - counted - passive, reasons: [rule.name, ...around.map(({ name }) => name)] };
}

const spelledLetters: Record<string, string> = { "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", $: "s", "!": "i" };

/** The text with digits and signs inside words read as the letters that they stand for. */
function plainLetters(text: string): string {
  return text.replace(/(?<=[a-z])[0-9@$!](?=[a-z])/gi, (sign) => spelledLetters[sign] ?? sign).replace(/(?<=[a-z])\*(?=[a-z])/gi, " ");
}
