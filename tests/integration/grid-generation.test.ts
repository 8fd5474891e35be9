import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { SeriesAnswer } from "#domains/grid/index.ts";
import type { Fuel, Subject } from "#domains/grid/schema.ts";
import { GET } from "../../src/app/api/grid/generation/route.ts";
import { engines, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { observationsOf, recordObservations } from "../support/grid.ts";
import { call } from "../support/http.ts";

const energy = (fuel: Fuel): Subject => ({ region: "CA-ON", metric: "generation", fuel, unit: "MWh" });
const unit = (fuel: Fuel, item: string): Subject => ({ region: "CA-ON", metric: "generation", fuel, item, unit: "MW" });
const flow = (item: string): Subject => ({ region: "CA-ON", metric: "intertie-flow", item, unit: "MW" });

async function ask(query: Record<string, string>): Promise<SeriesAnswer> {
  const response = await call(GET, `/api/grid/generation?${new URLSearchParams(query).toString()}`);
  const body: unknown = await response.json();
  expect(body).toMatchObject({ lines: expect.any(Array) });
  return SeriesAnswer.parse(body);
}
const short = ({ lines }: SeriesAnswer) =>
  lines.map(({ source, fuel, unit: of, start, value, quality }) => `${source} ${fuel}: ${start.map((at, i) => `${at.slice(11, 13)} ${value[i]} ${of}${quality[i] === "measured" ? "" : ` ${quality[i]}`}`).join(", ")}`);

describe.each(engines)("GET /api/grid/generation on the %s engine", (engine) => {
  let opened: TestDatabase;
  beforeEach(async () => void (opened = await openTestDatabase(engine)));
  afterEach(() => opened.close());

  test("fuels in MW, an interval from one source; borders that give away and take in apart", async () => {
    await recordObservations("ieso.output-by-fuel", [
      ...observationsOf(energy("nuclear"), "2026-03-01T05:00:00Z", 60, [9_000]), ...observationsOf(energy("gas"), "2026-03-01T05:00:00Z", 60, [1_000]),
    ]);
    await recordObservations("ieso.generator-output", [
      ...observationsOf(unit("gas", "A-G1"), "2026-03-01T05:00:00Z", 60, [100, 110, 120]), ...observationsOf(unit("gas", "A-G2"), "2026-03-01T05:00:00Z", 60, [50, null, 60]),
    ]);
    await recordObservations("ieso.intertie-flow", [
      ...observationsOf(flow("MICHIGAN"), "2026-03-01T05:00:00Z", 5, Array.from({ length: 12 }, () => 500)),
      ...observationsOf(flow("MANITOBA"), "2026-03-01T05:00:00Z", 5, Array.from({ length: 12 }, () => -120)),
    ]);
    const answer = await ask({ region: "CA-ON", from: "2026-03-01", to: "2026-03-02" });
    expect(answer.resolution).toBe("hour");
    expect(short(answer)).toEqual([
      "ieso.output-by-fuel nuclear: 05 9000 MW",
      "ieso.output-by-fuel gas: 05 1000 MW",
      "ieso.generator-output gas: 06 110 MW estimated, 07 180 MW",
      "ieso.intertie-flow imports: 05 120 MW",
      "ieso.intertie-flow exports: 05 -500 MW",
    ]);
  });

  test("the sample stands in, labelled and balanced, until a source tells of the mix", async () => {
    const now = Date.now();
    const query = { region: "CA-ON", from: new Date(now - 7_200_000).toISOString(), to: new Date(now).toISOString(), resolution: "5min" };
    const answer = await ask(query);
    expect(answer.sources).toMatchObject([{ id: "sample.canada", state: "sample" }]);
    expect(answer.lines.map(({ fuel }) => fuel)).toEqual(expect.arrayContaining(["nuclear", "hydro", "imports", "exports"]));
    for (const line of answer.lines) {
      expect(line).toMatchObject({ sample: true, unit: "MW", source: "sample.canada" });
      expect(new Set(line.quality)).toEqual(new Set(["sample"]));
      expect(line.start).toEqual(answer.lines[0]?.start);
    }
    await recordObservations("ieso.output-by-fuel", observationsOf(energy("hydro"), "2026-03-01T05:00:00Z", 60, [4_000]));
    expect((await ask(query)).lines).toEqual([]);
  });
});
