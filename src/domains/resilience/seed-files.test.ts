import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { daysOf } from "./dates.ts";
import { readBaseline } from "./seed-files.ts";
import { placeNames, tactics } from "./terms.ts";

const { incidents, threatModels, mitigationStrategies, consultations } = await readBaseline();
const rows = [...incidents, ...threatModels, ...mitigationStrategies, ...consultations];
const isPast = (date: string) => daysOf(date).first <= "2026-11-21";

describe("the checked-in record", () => {
  test("holds what the pages promise", () => {
    expect(incidents.length).toBeGreaterThanOrEqual(20);
    expect(incidents.filter(({ regions }) => regions.some((region) => region.startsWith("CA"))).length).toBeGreaterThan(incidents.length / 2);
    expect(threatModels.length).toBeGreaterThanOrEqual(20);
    expect(new Set(threatModels.flatMap((model) => model.tactics))).toEqual(new Set(tactics));
    expect(mitigationStrategies.filter(({ standard }) => standard === "nerc-cip").map(({ id }) => id)).toEqual(Array.from({ length: 14 }, (_, index) => `CIP-${String(index + 2).padStart(3, "0")}`));
    expect(consultations.length).toBeGreaterThanOrEqual(12);
  });

  test("names the source of every row, with a date that has come", () => {
    expect(rows.flatMap(({ id, sources }) => (sources.length > 0 && sources.every(({ date }) => isPast(date)) ? [] : [id]))).toEqual([]);
  });

  test("has real days, and none ends before it begins", () => {
    const spans = [...incidents.map(({ id, started, ended }) => ({ id, from: started, to: ended ?? started })), ...consultations.map(({ id, opens, closes }) => ({ id, from: opens, to: closes }))];
    expect(spans.flatMap(({ id, from, to }) => (daysOf(to).last >= daysOf(from).first ? [] : [id]))).toEqual([]);
  });

  test("links only to techniques and strategies that it holds, and reaches every technique", () => {
    const techniques = new Set(threatModels.map(({ id }) => id));
    const strategies = new Set(mitigationStrategies.map(({ id }) => id));
    expect([...incidents, ...mitigationStrategies].flatMap((row) => row.techniques).filter((id) => !techniques.has(id))).toEqual([]);
    expect(mitigationStrategies.flatMap(({ related }) => related).filter((id) => !strategies.has(id))).toEqual([]);
    const met = new Set(mitigationStrategies.flatMap((row) => row.techniques));
    expect([...techniques].filter((id) => !met.has(id))).toEqual([]);
  });

  test("names places that have a name", () => {
    const places = [...incidents, ...consultations].flatMap(({ regions }) => regions);
    expect(places.filter((place) => !(place in placeNames))).toEqual([]);
  });

  test("gives mitigations of ATT&CK ids of that form, and standards topics", () => {
    expect(mitigationStrategies.filter(({ id, standard, topics }) => (standard === "attack-ics" ? !/^M0[89]\d\d$/.test(id) : topics.length === 0)).map(({ id }) => id)).toEqual([]);
  });
});

describe("readBaseline", () => {
  let folder: string;
  const incident = (over = "") => `- { id: a, title: A, kind: cyber, started: "2020", regions: [CA], place: P, summary: S, consequence: C, sources: [{ publisher: P, title: T, url: "https://a.example", date: "2020" }]${over} }\n`;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "tieline-resilience-"));
    for (const file of ["threat-models", "mitigation-strategies", "consultations"]) await writeFile(join(folder, `${file}.yaml`), "[]");
  });
  afterAll(() => rm(folder, { recursive: true }));

  test("makes another hash of any change", async () => {
    const hashes = [];
    for (const text of [incident(), incident(", lostMw: 1"), incident(", techniques: [T0855]")]) {
      await writeFile(join(folder, "incidents.yaml"), text);
      hashes.push((await readBaseline(folder)).incidents[0]?.hash);
    }
    expect(new Set(hashes).size).toBe(3);
  });

  test.each([
    ["an unknown field", incident(", colour: red"), /incidents\.yaml: .*colour/s],
    ["no source", incident().replace(/\[\{ publisher.*\}\]/, "[]"), /sources/],
    ["an unsafe address", incident().replace("https:", "http:"), /url/],
    ["an unknown kind", incident().replace("cyber", "gossip"), /kind/],
    ["an id twice", incident() + incident(), /a stands twice/],
  ])("refuses %s", async (_, text, message) => {
    await writeFile(join(folder, "incidents.yaml"), text);
    await expect(readBaseline(folder)).rejects.toThrow(message);
  });
});
