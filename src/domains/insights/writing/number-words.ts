/** What stands for a number, a month, a day of the week or a unit, in English and French; all in lower case without accents. */

const months: readonly string[][] = [
  ["january", "jan", "janvier", "janv"], ["february", "feb", "fevrier", "fevr"], ["march", "mar", "mars"], ["april", "apr", "avril", "avr"], ["may", "mai"],
  ["june", "jun", "juin"], ["july", "jul", "juillet", "juil"], ["august", "aug", "aout"], ["september", "sept", "sep", "septembre"], ["october", "oct", "octobre"],
  ["november", "nov", "novembre"], ["december", "dec", "decembre"],
];
const weekdays: readonly string[][] = [
  ["sunday", "dimanche"], ["monday", "lundi"], ["tuesday", "mardi"], ["wednesday", "mercredi"], ["thursday", "jeudi"], ["friday", "vendredi"], ["saturday", "samedi"],
];

const placesOf = (lists: readonly string[][], first: number) => new Map(lists.flatMap((names, place) => names.map((name) => [name, place + first] as const)));
/** January is 1. */
export const monthNumbers = placesOf(months, 1);
/** Sunday is 0. */
export const weekdayNumbers = placesOf(weekdays, 0);

const spelled: Readonly<Record<number, string>> = {
  2: "two|deux|couple", 3: "three|trois", 4: "four|quatre", 5: "five|cinq", 6: "six", 7: "seven|sept", 8: "eight|huit", 9: "nine|neuf", 10: "ten|dix", 11: "eleven|onze",
  12: "twelve|douze|dozen|dozens|douzaine|douzaines", 13: "thirteen|treize", 14: "fourteen|quatorze", 15: "fifteen|quinze", 16: "sixteen|seize", 17: "seventeen", 18: "eighteen", 19: "nineteen",
  20: "twenty|vingt|vingts", 30: "thirty|trente", 40: "forty|quarante", 50: "fifty|cinquante", 60: "sixty|soixante", 70: "seventy|septante", 80: "eighty", 90: "ninety|nonante",
  100: "hundred|hundreds|cent|cents|centaine|centaines", 1_000: "thousand|thousands|mille|millier|milliers", 1_000_000: "million|millions", 1_000_000_000: "billion|billions|milliard|milliards",
};
/** Words for whole numbers. One is left out: it is an article, too. */
export const spelledNumbers = new Map(Object.entries(spelled).flatMap(([value, words]) => words.split("|").map((word) => [word, Number(value)] as const)));

/** Words for parts and multiples; the same word says the same. */
const parts: Readonly<Record<string, string>> = {
  half: "half|halves|halved|halving|moitie|demi|demie", third: "third|thirds|tiers", quarter: "quarter|quarters|quart|quarts", fifth: "fifth|fifths|cinquieme", tenth: "tenth|tenths|dixieme|tenfold",
  double: "twice|double|doubled|doubles|doubling|doubler|twofold", triple: "thrice|triple|tripled|triples|tripling|tripler|threefold", zero: "zero|nil",
};
export const partWords = new Map(Object.entries(parts).flatMap(([name, words]) => words.split("|").map((word) => [word, name] as const)));

/** Units, with the pattern of how they are written after a number. What isn't known as a unit counts as a noun. */
export const units: readonly (readonly [name: string, pattern: string])[] = [
  ["percentage points", "percentage[ -]points?|points? de pourcentage|pp"],
  ["%", "%|per ?cent|pour ?cent|p\\. ?100"],
  ["$/MWh", "(?:\\$|cad|dollars?)(?: ?\\/ ?| per | par | le | the )(?:mwh|megawatt[ -]?hours?|megawattheures?)|cad\\/mwh"],
  ["$", "\\$|dollars?|cad"],
  ["¢", "¢|cents? (?:per|a|le)|¢\\/kwh"],
  ["g/kWh", "g(?:rams?|rammes?)?(?: ?(?:of |de )?co2(?:e|eq| equivalent)?)?(?: ?\\/ ?| per | par )(?:kwh|kilowatt[ -]?hours?|kilowattheures?)"],
  ["MWh", "mwh|megawatt[ -]?hours?|megawattheures?"], ["GWh", "gwh|gigawatt[ -]?hours?|gigawattheures?"], ["TWh", "twh|terawatt[ -]?hours?|terawattheures?"], ["kWh", "kwh|kilowatt[ -]?hours?"],
  ["MW", "mw|megawatts?"], ["GW", "gw|gigawatts?"], ["TW", "tw"], ["kW", "kw|kilowatts?"],
  ["km/h", "km\\/h|kilomet(?:er|re)s? (?:an|per|a l['’]) ?(?:hour|heure)"], ["m/s", "m\\/s"], ["mm", "mm|millimet(?:er|re)s?"], ["hPa", "hpa"], ["Hz", "hz|hertz"],
  ["°C", "°c|degrees celsius|degres celsius"], ["°", "°|degrees?|degres?"],
  ["hours", "hours?|heures?|hrs?|h"], ["minutes", "minutes?|min"], ["days", "days?|jours?"], ["weeks", "weeks?|semaines?"], ["months", "months?|mois"], ["years", "years?|ans?|annees?"],
  ["times", "times|fois|x|×"],
];
