import type { Scan } from "./scan.ts";

/** Nouns that make the number after them the number of a thing. */
const numberOfThing =
  /(?:\b(?:units?|assets?|generators?|gens?|serial|part|pieces?|orders?|purchase|po|invoices?|meters?|tickets?|cases?|dockets?|accounts?|clients?|comptes?|permits?|models?|lot|batch|feeders?|plants?|turbines?|transformers?|equipment|tags?|sequences?|records?|readings?|reports?|documents?|drawings?|plans?|files?|folders?|sheets?|contracts?|licen[cs]es?|points?|nodes?|devices?|relays?|ledger|shipments?|tracking|badge|commande|compteur|facture|groupe|unite|bon|travail|eolienne|centrale|actif|appareil|serie|modele|dossier|contrat|permis|document|dessin|lecture|rapport|projet|project|decision|resource|ressource|ref|reference|sku|item|article|version)\b|#)\W{0,3}(?:(?:no|nos|number|num|numero|id|ids|is|est|code|de|of|reference)\b\W{0,3}){0,3}/g;

/** True when the words right before make it the number of a thing: an order, a unit, a meter; or the second of two (`units 1 and 2`). */
export function isNumberOfThing(scan: Scan, start: number, end: number): boolean {
  const things = scan.wordsOf(numberOfThing);
  if (things.before(start, 0) === 0) return true;
  const joint = /\s(?:and|et|or|ou|to|a|&)\s$/.exec(scan.text.slice(Math.max(0, start - 5), start))?.[0];
  if (joint === undefined) return false;
  const first = start - joint.length - (end - start);
  return formOf(scan.text.slice(first, start - joint.length)) === formOf(scan.text.slice(start, end)) && things.before(first, 0) === 0;
}

const formOf = (number: string) => number.replace(/\d/g, "0");

const unitAfter =
  /^\s{0,2}(?:(?:[kmgt]?wh?|[kmg]?va(?:r|rh|h)?|[kmg]?v|ma|a|[kmg]?hz|[kmgpt]j|k?pa|mmbtu|btu|kg|mt|t|km|cm|mm|m|ft|m3|l|h|s|ms|go|mo|gb|mb|tb|cad|usd|eur|dollars?|euros?|tonnes?|tons?|metres?|meters?|kilometres?|households|customers|clients|habitants|abonnes|people|personnes|menages|barils?|barrels?|foyers|million|millions)\b|[%$\u20ac\u00a3\u00b0])/;

/** True when the number is an amount: a unit or a currency follows, or a currency stands before it. */
export function isAmount({ folded }: Scan, start: number, end: number): boolean {
  return unitAfter.test(folded.slice(end, end + 16)) || /[$\u20ac\u00a3]\s?$/.test(folded.slice(Math.max(0, start - 2), start));
}

/** True when another number stands beside it, as in a row of a table. */
export function isInRowOfNumbers({ text }: Scan, start: number, end: number): boolean {
  return /\d[ \t,;|]{1,3}$/.test(text.slice(Math.max(0, start - 4), start)) || /^[ \t,;|]{1,3}\d/.test(text.slice(end, end + 4));
}

/** True for eight digits that read as a day of 1900 to 2099, year first. */
export function isDate(digits: string): boolean {
  const [, month = "", day = ""] = /^(?:19|20)\d\d(\d\d)(\d\d)$/.exec(digits) ?? [];
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31;
}
