/** Tactics of ATT&CK for ICS, in the order of an intrusion. */
export const tactics = [
  "initial-access", "execution", "persistence", "privilege-escalation", "evasion", "discovery", "lateral-movement", "collection",
  "command-and-control", "inhibit-response-function", "impair-process-control", "impact",
] as const;

export const tacticNames: Readonly<Record<(typeof tactics)[number], string>> = {
  "initial-access": "Initial access", execution: "Execution", persistence: "Persistence", "privilege-escalation": "Privilege escalation", evasion: "Evasion",
  discovery: "Discovery", "lateral-movement": "Lateral movement", collection: "Collection", "command-and-control": "Command and control",
  "inhibit-response-function": "Inhibit response function", "impair-process-control": "Impair process control", impact: "Impact",
};

export const incidentKinds = ["cyber", "physical", "natural", "operational"] as const;
export const incidentKindNames: Readonly<Record<(typeof incidentKinds)[number], string>> = {
  cyber: "Cyber", physical: "Physical attack", natural: "Natural hazard", operational: "Operations and supply",
};

export const levels = ["low", "moderate", "high"] as const;
export const levelNames: Readonly<Record<(typeof levels)[number], string>> = { low: "Low", moderate: "Moderate", high: "High" };

export const frameworks = ["attack-ics", "nerc-cip"] as const;
export const frameworkNames: Readonly<Record<(typeof frameworks)[number], string>> = { "attack-ics": "ATT&CK for ICS", "nerc-cip": "NERC CIP" };

/** What MITRE's terms of use ask for wherever their terms are used. */
export const attackAttribution =
  "Ids and names of techniques, tactics and mitigations: MITRE ATT&CK for ICS v16.1, © The MITRE Corporation, reproduced and distributed with its permission. Descriptions are Tieline's own.";

/** Names of the countries and regions that rows are about. */
export const placeNames: Readonly<Record<string, string>> = {
  CA: "Canada", "CA-AB": "Alberta", "CA-BC": "British Columbia", "CA-MB": "Manitoba", "CA-NB": "New Brunswick", "CA-NL": "Newfoundland and Labrador",
  "CA-NS": "Nova Scotia", "CA-NT": "Northwest Territories", "CA-NU": "Nunavut", "CA-ON": "Ontario", "CA-PE": "Prince Edward Island", "CA-QC": "Québec",
  "CA-SK": "Saskatchewan", "CA-YT": "Yukon", US: "United States", "US-CA": "California", "US-NC": "North Carolina", "US-TX": "Texas", UA: "Ukraine", SA: "Saudi Arabia", ES: "Spain", PT: "Portugal", DK: "Denmark", PL: "Poland",
};

/** A place's name, else its code. */
export function placeName(code: string): string {
  return placeNames[code] ?? code;
}
