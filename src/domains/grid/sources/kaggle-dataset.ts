import { environment } from "#platform/config/environment.ts";
import { recordsOf, rowsUnder } from "./csv.ts";
import { readDataset } from "./dataset-columns.ts";
import { SourceFormatError, type Source } from "./source.ts";
import { textOf } from "./text.ts";
import { isZip, unzipOne } from "./zip.ts";

/** Sets whose columns are known. */
const sets = ["jacobsharples/ontario-electricity-demand", "jacobsharples/provincial-energy-production-canada"];

/** History that others have gathered at Kaggle: read once, as a whole. */
export const kaggleDataset: Source = {
  id: "kaggle.dataset",
  name: "Kaggle data sets",
  publisher: "Kaggle",
  licence: { name: "as each set states", url: "https://www.kaggle.com/datasets/jacobsharples/ontario-electricity-demand" },
  page: "https://www.kaggle.com/datasets/jacobsharples/ontario-electricity-demand",
  cadenceMinutes: 365 * 24 * 60,
  missingSetting: () => (credentials() === null ? "KAGGLE_API_TOKEN, or KAGGLE_USERNAME and KAGGLE_KEY" : null),
  zone: "Etc/GMT+5",
  rules: {
    unit: "MW and CAD/MWh, from what the set calls kWh and ¢/kWh; MWh of a month",
    time: "Ontario's hour 1 to 24 names the hour that ends then, taken as EST since it comes from IESO; a month is that of the province's clocks",
    sign: "Demand and generation are positive",
  },
  *documents() {
    const headers = credentials();
    if (!headers) return;
    for (const set of sets) yield { url: `https://www.kaggle.com/api/v1/datasets/download/${set}`, headers };
  },
  headersFor: ({ protocol, host }) => (protocol === "https:" && host === "www.kaggle.com" ? (credentials() ?? {}) : {}),
  read({ bytes }) {
    const text = textOf(isZip(bytes) ? unzipOne(bytes, ".csv") : bytes);
    if (/^\s*\{/.test(text)) throw new SourceFormatError(`Kaggle answers with an error: ${text.trim().slice(0, 200)}`);
    const [header] = recordsOf(text).records;
    if (!header) throw new SourceFormatError("The file has no lines");
    const { rows, warnings } = rowsUnder(text, header.map((cell) => cell.trim().replaceAll(/\s+/g, " ").toLowerCase()).filter((name) => name !== ""));
    if (rows.length === 0) throw new SourceFormatError(`The file has no rows below ${header.join(", ").slice(0, 200)}`);
    const reading = readDataset(rows);
    return { ...reading, warnings: [...warnings, ...reading.warnings] };
  },
};

/** A token goes as such, a user's name and key as a password; null without either. */
function credentials(): Record<string, string> | null {
  const { KAGGLE_API_TOKEN: token, KAGGLE_USERNAME: user, KAGGLE_KEY: key } = environment();
  if (token !== undefined) return { authorization: `Bearer ${token}` };
  if (user === undefined || key === undefined) return null;
  return { authorization: `Basic ${Buffer.from(`${user}:${key}`).toString("base64")}` };
}
