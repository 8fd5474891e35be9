import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dataPurposes, decideUse, isGoverned, type ConsentRecord, type DataPurpose, type GovernedDataset } from "./governance.ts";

const at = new Date("2026-11-21T12:00:00Z");
const before = new Date("2026-01-01T00:00:00Z");
const after = new Date("2027-01-01T00:00:00Z");
const hydrology: GovernedDataset = { id: "river-levels", steward: "specimen-nation", tags: ["OCAP"] };
const load: GovernedDataset = { id: "ontario-demand", steward: null, tags: ["public"] };
const consent: ConsentRecord = { id: "c-1", steward: "specimen-nation", datasets: ["river-levels"], purposes: ["model_input"], validFrom: before, validUntil: after, withdrawnAt: null };
const use = (datasets: GovernedDataset[], purpose: DataPurpose = "model_input", time = at) => ({ datasets, purpose, at: time });
const gapOf = (record: Partial<ConsentRecord>, purpose?: DataPurpose, time?: Date) => {
  const decision = decideUse(use([hydrology], purpose, time), [{ ...consent, ...record }]);
  return decision.verdict === "allow" ? "allowed" : decision.missing[0]?.gap;
};

describe("decideUse", () => {
  test("asks nothing for data that isn't governed", () => expect(decideUse(use([load]), [])).toEqual({ verdict: "allow", consents: [] }));

  test("rests on a consent that is in force", () => expect(decideUse(use([hydrology, load]), [consent])).toEqual({ verdict: "allow", consents: ["c-1"] }));

  test("refuses without one, says which and what to do", () => {
    expect(decideUse(use([load, hydrology]), [])).toEqual({
      verdict: "consent_required",
      missing: [{ dataset: "river-levels", steward: "specimen-nation", gap: "none recorded" }],
      detail: "The dataset river-levels is governed by specimen-nation, whose consent to this use isn't on record. Leave it out, or ask for consent.",
    });
  });

  test("refuses all when one of several lacks it", () => {
    const other = { ...hydrology, id: "fish-counts" };
    expect(decideUse(use([hydrology, other]), [consent])).toMatchObject({ verdict: "consent_required", missing: [{ dataset: "fish-counts", gap: "none recorded" }] });
    expect(decideUse(use([hydrology, other]), [])).toMatchObject({ detail: "The datasets river-levels, fish-counts are governed by specimen-nation, whose consent to this use isn't on record. Leave them out, or ask for consent." });
    expect(decideUse(use([hydrology, { ...other, steward: null }]), [])).toMatchObject({ detail: expect.stringContaining("governed by specimen-nation and the community that the data is about, whose") });
  });

  test.each<[string, Partial<ConsentRecord>, DataPurpose?, Date?]>([
    ["allowed", {}],
    ["allowed", { validUntil: null }],
    ["allowed", {}, "model_input", before],
    ["allowed", { withdrawnAt: after }],
    ["expired", {}, "model_input", after],
    ["not yet valid", {}, "model_input", new Date(before.getTime() - 1)],
    ["for other purposes", {}, "export"],
    ["for other purposes", { purposes: [] }],
    ["withdrawn", { withdrawnAt: at }],
    ["withdrawn", { withdrawnAt: before, validUntil: null }],
    ["none recorded", { steward: "another-nation" }],
    ["none recorded", { datasets: ["fish-counts"] }],
    ["none recorded", { datasets: [] }],
    ["not yet valid", { validFrom: new Date("never") }],
    ["expired", { validUntil: new Date("never") }],
    ["withdrawn", { withdrawnAt: new Date("never") }],
  ])("%s: %j", (expected, record, purpose, time) => expect(gapOf(record, purpose, time)).toBe(expected));

  test("nobody can consent where no steward is known", () => {
    expect(decideUse(use([{ ...hydrology, steward: null }]), [consent])).toMatchObject({ missing: [{ steward: null, gap: "no steward" }] });
  });

  test("a new consent stands though an old one was withdrawn", () => {
    expect(decideUse(use([hydrology]), [{ ...consent, withdrawnAt: before }, { ...consent, id: "c-2" }])).toEqual({ verdict: "allow", consents: ["c-2"] });
  });

  test("a consent more never takes one away, and none is used for what it doesn't name", () => {
    const record = fc.record({
      id: fc.string(), steward: fc.constantFrom("specimen-nation", "another-nation"), datasets: fc.subarray(["river-levels", "fish-counts"]), purposes: fc.subarray([...dataPurposes]),
      validFrom: fc.constantFrom(before, at, after), validUntil: fc.constantFrom(null, before, at, after), withdrawnAt: fc.constantFrom(null, before, at, after),
    });
    fc.assert(
      fc.property(fc.array(record, { maxLength: 5 }), record, fc.constantFrom(...dataPurposes), (records, more, purpose) => {
        const decision = decideUse(use([hydrology], purpose), records);
        if (decision.verdict === "allow") expect(decideUse(use([hydrology], purpose), [...records, more]).verdict).toBe("allow");
        const fitting = records.filter(({ steward, datasets, purposes }) => steward === "specimen-nation" && datasets.includes("river-levels") && purposes.includes(purpose));
        if (fitting.length === 0) expect(decision.verdict).toBe("consent_required");
      }),
    );
  });
});

test.each([[["ocap"], true], [[" OCAP "], true], [["Indigenous-governed", "public"], true], [["public"], false], [[], false], [["ocapi"], false]])("tags %j: governed %s", (tags, expected) => {
  expect(isGoverned({ ...hydrology, tags })).toBe(expected);
});
