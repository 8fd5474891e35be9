/**
 * Datasets under Indigenous data governance. The First Nations principles of OCAP (ownership, control, access, possession) leave the
 * decision on each use with the community: data is used only while a recorded consent of its community covers purpose and time.
 * Pure; where tags and consents are kept is the caller's. Asked before the cache, on every endpoint that can reach a model.
 */

/** What data may be used for. A consent names each; one doesn't follow from another. */
export const dataPurposes = ["display", "analysis", "model_input", "export"] as const;
export type DataPurpose = (typeof dataPurposes)[number];

export interface GovernedDataset {
  id: string;
  /** The community or nation whose decision it is; null where it isn't known, and then nothing is consented. */
  steward: string | null;
  /** Why it is governed. A dataset without a tag isn't. */
  tags: readonly string[];
}

/** A decision of a steward, as it was recorded. Times are inclusive at the beginning, exclusive at the end. */
export interface ConsentRecord {
  id: string;
  steward: string;
  /** Datasets that it is for. There is no consent for all that is to come. */
  datasets: readonly string[];
  purposes: readonly DataPurpose[];
  validFrom: Date;
  /** Null while it has no end of its own. */
  validUntil: Date | null;
  /** From then on it isn't given, whatever its end; null while it is. */
  withdrawnAt: Date | null;
}

export interface DataUse {
  datasets: readonly GovernedDataset[];
  purpose: DataPurpose;
  at: Date;
}

/** Why a dataset may not be used: what is wrong with the record that comes nearest. */
export const consentGaps = ["no steward", "none recorded", "for other purposes", "not yet valid", "expired", "withdrawn"] as const;
export type ConsentGap = (typeof consentGaps)[number];

export type GovernanceDecision =
  | { verdict: "allow"; consents: string[] }
  | { verdict: "consent_required"; missing: { dataset: string; steward: string | null; gap: ConsentGap }[]; detail: string };

/** Tags that put a dataset under the governance of its community. */
export const governedTags = ["ocap", "indigenous-governed"] as const;

/**
 * Whether datasets may be used for a purpose at a time. Every governed one needs a consent of its own steward that names it and the
 * purpose and is in force; the answer is for all of them together. `consents` are those that it rests on, for the books.
 */
export function decideUse({ datasets, purpose, at }: DataUse, records: readonly ConsentRecord[]): GovernanceDecision {
  const judged = datasets.filter(isGoverned).map((dataset) => ({ dataset, ...consentFor(dataset, purpose, at, records) }));
  const missing = judged.flatMap(({ dataset, gap }) => (gap === undefined ? [] : [{ dataset: dataset.id, steward: dataset.steward, gap }]));
  if (missing.length > 0) return { verdict: "consent_required", missing, detail: detailOf(missing) };
  return { verdict: "allow", consents: [...new Set(judged.flatMap(({ consent }) => (consent === undefined ? [] : [consent])))] };
}

/** True for a dataset that only its community may release; tags are compared without regard to case and spaces around them. */
export function isGoverned({ tags }: GovernedDataset): boolean {
  return tags.some((tag) => governedTags.some((governed) => governed === tag.trim().toLowerCase()));
}

function consentFor(dataset: GovernedDataset, purpose: DataPurpose, at: Date, records: readonly ConsentRecord[]): { consent?: string; gap?: ConsentGap } {
  if (dataset.steward === null) return { gap: "no steward" };
  const own = records.filter(({ steward, datasets }) => steward === dataset.steward && datasets.includes(dataset.id));
  const gaps = own.map((record) => ({ record, gap: gapOf(record, purpose, at) }));
  const given = gaps.find(({ gap }) => gap === undefined);
  if (given) return { consent: given.record.id };
  return { gap: nearest.find((candidate) => gaps.some(({ gap }) => gap === candidate)) ?? "none recorded" };
}

/** Of several records that don't do, the one that says most about what to ask for. */
const nearest: readonly ConsentGap[] = ["withdrawn", "expired", "not yet valid", "for other purposes"];

/** What is wrong with a record, undefined when it covers the use. A date that isn't one covers nothing. */
function gapOf({ purposes, validFrom, validUntil, withdrawnAt }: ConsentRecord, purpose: DataPurpose, at: Date): ConsentGap | undefined {
  if (!purposes.includes(purpose)) return "for other purposes";
  if (withdrawnAt !== null && !(at < withdrawnAt)) return "withdrawn";
  if (!(at >= validFrom)) return "not yet valid";
  return validUntil === null || at < validUntil ? undefined : "expired";
}

function detailOf(missing: { dataset: string; steward: string | null }[]): string {
  const datasets = missing.map(({ dataset }) => dataset);
  const stewards = [...new Set(missing.map(({ steward }) => steward ?? "the community that the data is about"))];
  const [named, leaveOut] = datasets.length === 1 ? [`The dataset ${datasets[0]} is`, "Leave it out"] : [`The datasets ${datasets.join(", ")} are`, "Leave them out"];
  return `${named} governed by ${stewards.join(" and ")}, whose consent to this use isn't on record. ${leaveOut}, or ask for consent.`;
}
