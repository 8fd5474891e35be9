// Lists that pages need as well: without the schemas, which would bring their library into the browser.

/** Provinces and territories by ISO 3166-2, and the country as a whole. */
export const regions = ["CA-AB", "CA-BC", "CA-MB", "CA-NB", "CA-NL", "CA-NS", "CA-NT", "CA-NU", "CA-ON", "CA-PE", "CA-QC", "CA-SK", "CA-YT"] as const;

/** Fuels in the order of a stack, steady below and variable above. */
export const fuels = ["nuclear", "hydro", "biofuel", "other", "coal", "gas", "wind", "solar", "imports", "storage", "exports"] as const;

/** What emission factors count: burning alone, or building, fuel and waste as well. */
export const factorKinds = ["lifecycle", "direct"] as const;
