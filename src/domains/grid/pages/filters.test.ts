import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { comparePeriods, dayAt, daysOf, earlierDays, momentOf, parseFilters, parsePin, rangeKinds, resolutionOf, serialiseFilters, wallOf, withPin, zoneKinds, type Filters } from "./filters.ts";
import { regions } from "#domains/grid/schema.ts";

const parse = (query: string) => parseFilters(new URLSearchParams(query));

describe("filters in the address", () => {
  test("an empty address shows today on the operator's clocks, compared with nothing", () => {
    expect(parse("")).toEqual({ range: { kind: "today" }, zone: "operator", compare: "off", asOf: null });
    expect(serialiseFilters(parse(""))).toBe("");
  });

  test("reads what is written", () => {
    expect(parse("from=2025-04-28&to=2025-05-04&tz=utc&compare=ab")).toEqual({ range: { kind: "custom", from: "2025-04-28", to: "2025-05-04" }, zone: "utc", compare: "CA-AB", asOf: null });
    expect(parse("range=1y&tz=local&compare=week&asof=2025-04-28T16:35Z")).toEqual({ range: { kind: "1y" }, zone: "local", compare: "week", asOf: "2025-04-28T16:35:00Z" });
  });

  test.each(["range=2d", "from=2025-04-28", "from=2025-05-04&to=2025-05-01", "from=2025-02-30&to=2025-03-02", "from=1900-01-01&to=2020-01-01", "tz=Mars", "compare=zz", "from=x&to=y", "from=%00&to=%00", "asof=2025-02-30T10:00Z", "asof=2025-04-28T24:00Z", "asof=2025-04-28", "asof=now"])(
    "ignores what makes no sense: %s",
    (query) => expect(parse(query)).toEqual(parse("")),
  );

  test("what is written is read again, and other parts of the address stay", () => {
    const day = fc.integer({ min: 0, max: 12_000 }).map((days) => new Date(Date.UTC(1994, 0, 1 + days)).toISOString().slice(0, 10));
    const range: fc.Arbitrary<Filters["range"]> = fc.oneof(
      fc.constantFrom(...rangeKinds).map((kind) => ({ kind })),
      fc.tuple(day, day).map(([a, b]) => ({ kind: "custom" as const, from: a < b ? a : b, to: a < b ? b : a })),
    );
    const filters = fc.record({ range, zone: fc.constantFrom(...zoneKinds), compare: fc.constantFrom("off" as const, ...comparePeriods, ...regions), asOf: fc.option(day.map((each) => `${each}T16:35:00Z`)) });
    fc.assert(fc.property(filters, (each) => {
      const query = serialiseFilters(each, [["factors", "direct"], ["range", "old"]]);
      expect(parse(query)).toEqual(each);
      expect(new URLSearchParams(query).get("factors")).toBe("direct");
    }));
  });
});

describe("days", () => {
  test("are those of the clocks that are shown", () => {
    expect([dayAt(Date.parse("2026-11-21T03:00:00Z"), -300), dayAt(Date.parse("2026-11-21T05:00:00Z"), -300)]).toEqual(["2026-11-20", "2026-11-21"]);
  });

  test("a minute of some clocks is one of UTC, and back", () => {
    expect([momentOf("2026-11-20T23:30", -300), momentOf("2026-11-20T01:00", 330), momentOf("", 0), momentOf("2026-11-31T10:00", 0)]).toEqual(["2026-11-21T04:30:00Z", "2026-11-19T19:30:00Z", null, null]);
    expect(wallOf("2026-11-21T04:30:00Z", -300)).toBe("2026-11-20T23:30");
  });

  test("of each range, its last one included", () => {
    const of = (range: Filters["range"]) => daysOf(range, "2026-11-20");
    expect(of({ kind: "today" })).toEqual({ from: "2026-11-20", to: "2026-11-21" });
    expect(of({ kind: "7d" })).toEqual({ from: "2026-11-14", to: "2026-11-21" });
    expect(of({ kind: "30d" })).toEqual({ from: "2026-10-22", to: "2026-11-21" });
    expect(of({ kind: "1y" })).toEqual({ from: "2025-11-21", to: "2026-11-21" });
    expect(of({ kind: "custom", from: "2025-04-28", to: "2025-05-04" })).toEqual({ from: "2025-04-28", to: "2025-05-05" });
  });

  test("to compare with are as many, a day, a week or a year earlier; a leap day's counterpart is the day before", () => {
    const days = { from: "2024-02-29", to: "2024-03-01" };
    expect(earlierDays(days, "day")).toEqual({ from: "2024-02-28", to: "2024-02-29" });
    expect(earlierDays(days, "week")).toEqual({ from: "2024-02-22", to: "2024-02-23" });
    expect(earlierDays(days, "year")).toEqual({ from: "2023-02-28", to: "2023-03-01" });
  });

  test("decide the resolution", () => {
    const of = (from: string) => resolutionOf({ from, to: "2026-11-21" });
    expect([of("2026-11-20"), of("2026-11-14"), of("2026-10-22"), of("2025-11-21"), of("2003-01-01")]).toEqual(["5min", "5min", "hour", "day", "month"]);
  });
});

describe("a card's own range", () => {
  test("stands in the address by the card's id, its last day included", () => {
    const query = withPin([["range", "7d"]], "price", { from: "2025-04-28", to: "2025-05-05" });
    expect(query).toBe("range=7d&price=2025-04-28..2025-05-04");
    expect(parsePin(new URLSearchParams(query), "price")).toEqual({ from: "2025-04-28", to: "2025-05-05" });
    expect(withPin(new URLSearchParams(query), "price", null)).toBe("range=7d");
  });

  test.each(["", "x", "2025-04-28", "2025-05-04..2025-04-28", "2025-04-28..2025-05-04..2025-05-05", "2025-02-30..2025-03-01"])("ignores %s", (text) => {
    expect(parsePin(new URLSearchParams({ price: text }), "price")).toBeNull();
  });
});
