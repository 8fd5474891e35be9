import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { z } from "zod";
import { SeriesAnswer } from "#domains/grid/index.ts";
import { weatherMetrics, type Fuel, type Subject } from "#domains/grid/schema.ts";
import { publishedSubjects } from "#domains/grid/series/references.ts";
import { sampleSubjects } from "#domains/grid/sample/sample.ts";
import { AnalyticsInsight, ChartExplanation, DataQuality, MarketBrief, TransitionReport, type Fact } from "#domains/insights/index.ts";
import type { RouteHandler } from "#platform/http/operation.ts";
import { GET as series } from "../../src/app/api/grid/series/route.ts";
import { POST as analyticsInsight } from "../../src/app/api/llm/analytics-insight/route.ts";
import { POST as dataQuality } from "../../src/app/api/llm/data-quality/route.ts";
import { POST as explainChart } from "../../src/app/api/llm/explain-chart/route.ts";
import { POST as marketBrief } from "../../src/app/api/llm/market-brief/route.ts";
import { POST as transitionReport } from "../../src/app/api/llm/transition-report/route.ts";
import { engines, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { observationsOf, recordObservations } from "../support/grid.ts";
import { call } from "../support/http.ts";

const demand: Subject = { region: "CA-ON", metric: "demand", unit: "MW" };
const price: Subject = { region: "CA-ON", metric: "price", unit: "CAD/MWh" };
const temperature: Subject = { region: "CA-ON", metric: "temperature", item: "Toronto", unit: "°C" };
const energy = (fuel: Fuel): Subject => ({ region: "CA-ON", metric: "generation", fuel, unit: "MWh" });
const day = { region: "CA-ON", from: "2026-03-02", to: "2026-03-03" };
const midnight = "2026-03-02T05:00:00Z";

async function ask<Schema extends z.ZodType>(handler: RouteHandler, schema: Schema, body: object): Promise<z.output<Schema>> {
  const response = await call(handler, "/api/llm/task", { json: body });
  const answer: unknown = await response.json();
  expect([response.status, answer]).toEqual([200, expect.anything()]);
  return schema.parse(answer);
}
const valueOf = (facts: readonly Fact[], id: string) => facts.find((fact) => fact.id === id)?.value;
const refusal = async (handler: RouteHandler, body: unknown) => {
  const response = await call(handler, "/api/llm/task", { json: body });
  const { code, detail, errors } = (await response.json()) as { code: string; detail?: string; errors?: { path: string; message: string }[] };
  return { status: response.status, code, detail, paths: errors?.map(({ path }) => path) };
};

/** A day of demand whose numbers are easily checked: 15,000 MW and 100 more each hour until the last, which is low. */
const hours = Array.from({ length: 24 }, (_, i) => (i === 23 ? 14_000 : 15_000 + 100 * i));

describe.each(engines)("POST /api/llm/explain-chart on the %s engine", (engine) => {
  let opened: TestDatabase;
  beforeEach(async () => void (opened = await openTestDatabase(engine)));
  afterEach(() => opened.close());

  test("facts of measured values, each with its interval, its source and where to look it up", async () => {
    await recordObservations("ieso.demand", observationsOf(demand, midnight, 60, hours));
    await recordObservations("ieso.demand", observationsOf(demand, "2026-02-23T05:00:00Z", 60, hours.map((value) => value - 500)));
    await recordObservations("open-meteo.weather", observationsOf(temperature, midnight, 60, hours.map((_, i) => (i === 23 ? -10 : i))));
    const answer = await ask(explainChart, ChartExplanation, { ...day, metric: "demand", resolution: "hour" });
    expect(answer).toMatchObject({ mode: "computed", sample: false, zone: "Etc/GMT+5", resolution: "hour", title: expect.stringContaining("Ontario demand, 2 Mar 2026") });
    expect(answer.facts.map(({ id, value }) => [id, value])).toEqual([
      ["change", -1_000], ["highest", 17_200], ["lowest", 14_000], ["mean", 16_012.5], ["missing", 0], ["rise", 100], ["fall", -3_200], ["before", 500],
      ["on-peak", (16 * 16_450) / 16], ["off-peak", (7 * 15_300 + 14_000) / 8], ["temperature", 1],
    ]);
    expect(answer.facts.find(({ id }) => id === "temperature")?.sources).toEqual(["ieso.demand", "open-meteo.weather"]);
    expect(answer.sources.map(({ id }) => id)).toEqual(["ieso.demand", "open-meteo.weather"]);
    expect(answer.facts[0]?.check.map(({ href }) => href)).toEqual([expect.stringContaining("/api/grid/series?region=CA-ON"), "/grid/ontario?from=2026-03-02&to=2026-03-02#demand"]);
    expect(answer.statements.map(({ facts }) => facts[0])).toEqual(answer.facts.map(({ id }) => id));
  });

  test("values as they were known at an instant, if it is asked so, and addresses that say so", async () => {
    await recordObservations("ieso.demand", observationsOf(demand, midnight, 60, hours), "2026-03-04T00:00:00Z");
    await recordObservations("ieso.demand", observationsOf(demand, midnight, 60, [20_000]), "2026-03-06T00:00:00Z");
    const highest = async (more: object) => (await ask(explainChart, ChartExplanation, { ...day, metric: "demand", resolution: "hour", ...more })).facts.find(({ id }) => id === "highest");
    expect((await highest({}))?.value).toBe(20_000);
    const then = await highest({ as_of: "2026-03-05T00:00:00Z" });
    expect(then?.value).toBe(17_200);
    expect(then?.check.map(({ href }) => new URLSearchParams(href.replace(/^[^?]*\?|#.*$/g, "")).get(href.startsWith("/api/") ? "as_of" : "asof"))).toEqual(["2026-03-05T00:00:00.000Z", "2026-03-05T00:00:00.000Z"]);
    expect(await refusal(explainChart, { ...day, metric: "demand", as_of: "2999-01-01T00:00:00Z" })).toMatchObject({ status: 400, paths: ["as_of"] });
  });

  test("prices of the ended market aren't counted with those of today's", async () => {
    await recordObservations("ieso.hoep", observationsOf(price, "2025-05-01T03:00:00Z", 60, [900, -900]));
    await recordObservations("ieso.zonal-price", observationsOf(price, "2025-05-01T05:00:00Z", 5, Array.from({ length: 24 }, () => 50)));
    const answer = await ask(explainChart, ChartExplanation, { region: "CA-ON", metric: "price", from: "2025-05-01T00:00:00Z", to: "2025-05-01T07:00:00Z", resolution: "hour" });
    expect([valueOf(answer.facts, "highest"), valueOf(answer.facts, "lowest")]).toEqual([50, 50]);
    expect(answer.limits.join(" ")).toContain("1 May 2025");
  });

  test("what can't be asked is refused at its field, and a range without values is not found", async () => {
    await recordObservations("ieso.demand", observationsOf(demand, midnight, 60, hours));
    expect(await refusal(explainChart, { ...day, metric: "demand", to: "2026-03-02" })).toMatchObject({ status: 400, code: "INVALID_REQUEST", paths: ["from"] });
    expect(await refusal(explainChart, { ...day, metric: "demand", to: "2026-06-01", resolution: "5min" })).toMatchObject({ status: 400, paths: ["to"] });
    expect(await refusal(explainChart, { ...day, metric: "demand", tz: "America/Nowhere" })).toMatchObject({ status: 400, paths: ["tz"] });
    expect(await refusal(explainChart, { ...day, metric: "happiness" })).toMatchObject({ status: 400, paths: ["metric"] });
    expect((await refusal(explainChart, { ...day, metric: "demand", more: 1 })).status).toBe(400);
    expect(await refusal(explainChart, { ...day, metric: "demand", from: "2024-01-01", to: "2024-01-02" })).toMatchObject({
      status: 404, code: "NOT_FOUND", detail: "No source has told any value of Ontario demand in this range. Choose another range, or another metric.",
    });
  });
});

describe("POST /api/llm/explain-chart on the sample", () => {
  let opened: TestDatabase;
  beforeAll(async () => void (opened = await openTestDatabase("embedded")));
  afterAll(() => opened.close());

  const iso = (days: number) => new Date(Math.floor(Date.now() / 86_400_000) * 86_400_000 - days * 86_400_000).toISOString();
  const span = { from: iso(3), to: iso(2) };

  /** The values that a fact's own address gives, in order of time. */
  async function lookUp(fact: Fact): Promise<number[]> {
    const answer = SeriesAnswer.parse(await (await call(series, fact.check[0]?.href ?? "")).json());
    expect(answer.lines).toHaveLength(1);
    return (answer.lines[0]?.value ?? []).filter((value) => value !== null);
  }

  test("every number equals what its own address gives, for every region and metric", async () => {
    // Weather is made alike everywhere: all of it in one region, temperature in each.
    const isOwn = ({ region, metric }: Pick<Subject, "region" | "metric">) => metric === "temperature" || region === "CA-ON" || !weatherMetrics.includes(metric);
    const subjects = [...new Map([...sampleSubjects(), ...publishedSubjects()].filter(isOwn).map((each) => [`${each.region} ${each.metric}`, each])).values()];
    let [compared, empty, differences] = [0, 0, 0];
    for (const { region, metric } of subjects) {
      const response = await call(explainChart, "/api/llm/explain-chart", { json: { region, metric, ...span, resolution: "hour" } });
      if (response.status === 404) {
        empty += 1;
        continue;
      }
      const { facts, sample } = ChartExplanation.parse(await response.json());
      expect(sample).toBe(true);
      // What several fuels or borders make is looked at below.
      if (new URLSearchParams(facts[0]?.check[0]?.href.split("?")[1]).get("item") === "*" || facts[0]?.check[0]?.href.startsWith("/api/grid/generation")) continue;
      const [first] = facts;
      const values = first ? await lookUp(first).catch(() => []) : [];
      if (values.length === 0) continue;
      const expected: Record<string, number> = {
        highest: Math.max(...values), lowest: Math.min(...values), mean: values.reduce((sum, value) => sum + value, 0) / values.length,
        change: (values.at(-1) ?? 0) - (values[0] ?? 0), rise: Math.max(...values.slice(1).map((value, i) => value - (values[i] ?? 0))),
      };
      for (const [id, value] of Object.entries(expected)) {
        const fact = facts.find((each) => each.id === id);
        if (!fact) continue;
        compared += 1;
        if (Math.abs(fact.value - value) > 1e-6) differences += 1;
      }
    }
    expect(differences).toBe(0);
    expect(compared).toBeGreaterThan(150);
    expect(empty).toBeGreaterThan(0);
  }, 60_000);

  test("flows over borders add up to their net, and fuels to what is generated", async () => {
    const flows = await ask(explainChart, ChartExplanation, { region: "CA-ON", metric: "intertie-flow", ...span });
    const parts = flows.facts.filter(({ id }) => id.startsWith("part-"));
    expect(parts.length).toBeGreaterThan(3);
    expect(parts.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(valueOf(flows.facts, "mean") ?? Number.NaN, 4);
    const made = await ask(explainChart, ChartExplanation, { region: "CA-ON", metric: "generation", ...span, resolution: "hour" });
    const each = await Promise.all((["nuclear", "hydro", "biofuel", "gas", "wind", "solar"] as const).map((fuel) => ask(explainChart, ChartExplanation, { region: "CA-ON", metric: "generation", fuel, ...span, resolution: "hour" })));
    expect(each.reduce((sum, { facts }) => sum + (valueOf(facts, "mean") ?? 0), 0)).toBeCloseTo(valueOf(made.facts, "mean") ?? Number.NaN, 4);
  });

  test("intensity is explained as the chart shows it", async () => {
    const { facts } = await ask(explainChart, ChartExplanation, { region: "CA-AB", metric: "emissions-intensity", ...span });
    expect(facts[0]).toMatchObject({ unit: "gCO₂e/kWh", sample: true, check: [{ href: expect.stringContaining("/api/grid/emissions?") }, { href: expect.stringContaining("/grid/alberta?") }] });
  });
});

describe("POST /api/llm/analytics-insight", () => {
  let opened: TestDatabase;
  beforeAll(async () => void (opened = await openTestDatabase("embedded")));
  afterAll(() => opened.close());

  test("names what is notable, by which rule, on which facts", async () => {
    await recordObservations("ieso.demand", observationsOf(demand, midnight, 60, hours.with(5, -1).map((value) => (value === -1 ? null : value))));
    const answer = await ask(analyticsInsight, AnalyticsInsight, { ...day, metric: "demand", resolution: "hour" });
    expect(answer.insights.map(({ title, weight }) => [title, weight])).toEqual([["Missing values", "notable"], ["Ramps", "notable"], ["From first to last", "ordinary"]]);
    for (const { facts } of answer.insights) expect(answer.facts.map(({ id }) => id)).toEqual(expect.arrayContaining(facts));
    expect(answer.limits.join(" ")).toContain("no values of the same time a week before");
    expect(await refusal(analyticsInsight, { ...day, metric: "demand", from: "2026-01-01", to: "2026-01-02" })).toMatchObject({ status: 404 });
    expect((await refusal(analyticsInsight, {})).status).toBe(400);
  });
});

describe("POST /api/llm/transition-report", () => {
  let opened: TestDatabase;
  beforeEach(async () => void (opened = await openTestDatabase("embedded")));
  afterEach(() => opened.close());
  const record = (start: string, nuclear: number, gas: number) => recordObservations("ieso.output-by-fuel", [
    ...observationsOf(energy("nuclear"), start, 60, hours.map(() => nuclear)), ...observationsOf(energy("gas"), start, 60, hours.map(() => gas)),
  ]);

  test("shares and intensity against the same dates a year before", async () => {
    await record(midnight, 9_000, 1_000);
    await record("2025-03-02T05:00:00Z", 6_000, 4_000);
    const answer = await ask(transitionReport, TransitionReport, day);
    expect(answer).toMatchObject({ basis: "year-before", sample: false, then: { from: "2025-03-02T05:00:00.000Z" } });
    expect(answer.shares).toEqual([{ fuel: "nuclear", now: 90, then: 60, change: 30 }, { fuel: "gas", now: 10, then: 40, change: -30 }]);
    // Factors 4.8 and 497 g/kWh.
    expect([answer.now.intensity, answer.then?.intensity]).toEqual([0.9 * 4.8 + 0.1 * 497, 0.6 * 4.8 + 0.4 * 497].map((grams) => Number(grams.toFixed(6))));
  });

  test("without a year before, the range's halves are compared, and that is said", async () => {
    await record(midnight, 9_000, 1_000);
    await record("2026-03-03T05:00:00Z", 5_000, 5_000);
    const answer = await ask(transitionReport, TransitionReport, { ...day, to: "2026-03-04" });
    expect(answer).toMatchObject({ basis: "halves", then: { to: "2026-03-03T05:00:00.000Z" }, now: { from: "2026-03-03T05:00:00.000Z" } });
    expect(answer.shares.map(({ change }) => change)).toEqual([-40, 40]);
    expect(answer.limits[0]).toContain("no comparable year before");
    expect(await refusal(transitionReport, { ...day, from: "2024-03-02", to: "2024-03-03" })).toMatchObject({ status: 404 });
    expect(await refusal(transitionReport, { ...day, metric: "price" })).toMatchObject({ status: 400, paths: ["metric"] });
  });
});

describe.each(engines)("POST /api/llm/data-quality on the %s engine", (engine) => {
  let opened: TestDatabase;
  beforeEach(async () => void (opened = await openTestDatabase(engine)));
  afterEach(() => opened.close());

  test("finds gaps, flat lines, outliers, revisions and late arrivals", async () => {
    const wave = Array.from({ length: 48 }, (_, i): number | null => Math.round(15_000 + 1_500 * Math.sin(i / 4)));
    const values = wave.with(10, null).with(11, null).with(30, 150_000).map((value, i) => (i >= 37 && i < 44 ? 15_500 : value));
    await recordObservations("ieso.demand", observationsOf(demand, midnight, 60, values), "2026-03-04T06:00:00Z");
    await recordObservations("ieso.demand", observationsOf(demand, midnight, 60, [15_250]), "2026-03-05T06:00:00Z");
    const answer = await ask(dataQuality, DataQuality, { ...day, to: "2026-03-04", metric: "demand" });
    expect(answer.checks.map(({ check, state, count }) => [check, state, count])).toEqual([
      ["gaps", "found", 1], ["flat-lines", "found", 1], ["outliers", "found", 1], ["duplicates", "clear", 0], ["revisions", "found", 1], ["late-arrivals", "found", expect.any(Number)],
    ]);
    const { facts } = answer;
    expect(["gaps-longest", "flat-lines-longest", "outliers-farthest", "revisions-largest", "late-arrivals-longest"].map((id) => valueOf(facts, id))).toEqual([2, 7, 150_000, 250, 72]);
    expect(await refusal(dataQuality, { ...day, to: "2026-06-01", metric: "demand" })).toMatchObject({ status: 400, paths: ["to"] });
    expect(await refusal(dataQuality, { ...day, metric: "emissions-intensity" })).toMatchObject({ status: 400, paths: ["metric"] });
  });

  test("of the sample nothing is recorded, and that is said", async () => {
    const at = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
    const answer = await ask(dataQuality, DataQuality, { region: "CA-ON", metric: "demand", from: at(3), to: at(2) });
    expect(answer.sample).toBe(true);
    expect(answer.checks.map(({ state }) => state)).toEqual(["clear", "clear", "clear", "not-applicable", "not-applicable", "not-applicable"]);
  });
});

describe("POST /api/llm/market-brief", () => {
  let opened: TestDatabase;
  beforeAll(async () => void (opened = await openTestDatabase("embedded")));
  afterAll(() => opened.close());

  test("levels, hours below zero, scatter, and spreads to the day-ahead price and the other market", async () => {
    await recordObservations("ieso.zonal-price", observationsOf(price, midnight, 5, Array.from({ length: 48 }, (_, i) => [40, -20, 60, 20][Math.floor(i / 12)] ?? null)));
    await recordObservations("ieso.day-ahead-zonal-price", observationsOf({ ...price, metric: "day-ahead-price" }, midnight, 60, [30, 30, 30]));
    await recordObservations("aeso.pool-price", observationsOf({ ...price, region: "CA-AB" }, midnight, 60, [100, 100, 100, 100]));
    const answer = await ask(marketBrief, MarketBrief, day);
    expect(answer).toMatchObject({ hours: { known: 4, negative: 1 }, sample: false });
    const value = (id: string) => valueOf(answer.facts, id);
    expect([value("mean"), value("median"), value("volatility"), value("spread-day-ahead"), value("spread-alberta")]).toEqual([25, 30, Number(Math.sqrt(875).toFixed(6)), -3.333333, -75]);
    expect(answer.sources.map(({ id }) => id).sort()).toEqual(["aeso.pool-price", "ieso.day-ahead-zonal-price", "ieso.zonal-price"]);
    expect(await refusal(marketBrief, { ...day, region: "CA-QC" })).toMatchObject({ status: 404 });
    expect(await refusal(marketBrief, { ...day, metric: "demand" })).toMatchObject({ status: 400, paths: ["metric"] });
    expect(await refusal(marketBrief, { ...day, to: "2028-03-02" })).toMatchObject({ status: 400, paths: ["to"] });
  });
});
