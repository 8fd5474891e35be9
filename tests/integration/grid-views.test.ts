import { CompiledQuery } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Fuel, Metric, Region, Subject } from "#domains/grid/schema.ts";
import { anonymous } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { engines, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { observationsOf, recordObservations } from "../support/grid.ts";

const subject = (region: Region, metric: Metric, over: Partial<Subject> = {}): Subject => ({ region, metric, unit: "MW", ...over });
/** As somebody without an account, which is who these views are for. */
const read = <Row = Record<string, unknown>>(statement: string) => db.as(anonymous, async (tx) => (await tx.executeQuery<Row>(CompiledQuery.raw(statement))).rows);

describe.each(engines)("public views of the grid on the %s engine", (engine) => {
  let opened: TestDatabase;
  beforeEach(async () => void (opened = await openTestDatabase(engine)));
  afterEach(() => opened.close());

  test("generation by fuel is mean power, whichever unit its source has; generators stay out", async () => {
    const at = "2026-03-01T05:00:00Z";
    await recordObservations("ieso.output-by-fuel", observationsOf(subject("CA-ON", "generation", { fuel: "gas", unit: "MWh" }), at, 60, [1_000]));
    await recordObservations("ieso.generator-output", observationsOf(subject("CA-ON", "generation", { fuel: "gas", item: "HALTON HILLS" }), at, 60, [400]));
    await recordObservations("kaggle.dataset", observationsOf(subject("CA-SK", "generation", { fuel: "coal", unit: "MWh" }), "2026-02-01T00:00:00Z", 28 * 24 * 60, [672_000]));
    await recordObservations("hydro-quebec.production", observationsOf(subject("CA-QC", "generation", { fuel: "other" }), at, 60, [250], "estimated"));
    expect(await read("select region, fuel, source, mean_mw, quality::text, ends_at - starts_at = interval '1 hour' as hourly from public.provincial_generation order by region")).toEqual([
      { region: "CA-ON", fuel: "gas", source: "ieso.output-by-fuel", mean_mw: 1_000, quality: "measured", hourly: true },
      { region: "CA-QC", fuel: "other", source: "hydro-quebec.production", mean_mw: 250, quality: "estimated", hourly: true },
      { region: "CA-SK", fuel: "coal", source: "kaggle.dataset", mean_mw: 1_000, quality: "measured", hourly: false },
    ]);
  });

  test("Alberta's supply and demand is a row a moment, and what isn't told is null", async () => {
    const moment = (metric: Metric, value: number, over: Partial<Subject> = {}) => observationsOf(subject("CA-AB", metric, over), "2026-03-01T07:05:00Z", 1, [value]);
    await recordObservations("aeso.current-supply-demand", [
      ...moment("internal-load", 9_900), ...moment("generation-total", 10_000), ...moment("net-interchange", 100), ...moment("generation", 7_900, { fuel: "gas" }),
      ...moment("generation", 3_000, { fuel: "gas", item: "COGENERATION" }), ...moment("generation", 2_100, { fuel: "wind" }), ...moment("generation", 410, { item: "Unit (U1)" }),
      ...moment("intertie-flow", -50, { item: "Montana" }), ...moment("reserve-dispatched", 500), ...moment("reserve-dispatched", 300, { item: "generation" }),
    ]);
    expect(await read("select internal_load_mw, generation_mw, net_export_mw, gas_mw, wind_mw, solar_mw, montana_mw, british_columbia_mw, reserve_dispatched_mw, reserve_required_mw, quality::text from public.alberta_supply_demand")).toEqual([{
      internal_load_mw: 9_900, generation_mw: 10_000, net_export_mw: 100, gas_mw: 7_900, wind_mw: 2_100, solar_mw: null, montana_mw: -50, british_columbia_mw: null,
      reserve_dispatched_mw: 500, reserve_required_mw: null, quality: "measured",
    }]);
  });

  test("weather is a row a place, time and source", async () => {
    const regina = (metric: Metric, unit: Subject["unit"], value: number) => observationsOf(subject("CA-SK", metric, { item: "Regina", unit }), "2026-01-01T06:00:00Z", 60, [value], "estimated");
    await recordObservations("open-meteo.weather", [...regina("temperature", "°C", -22.5), ...regina("wind-speed", "km/h", 31), ...regina("solar-radiation", "W/m²", 0)]);
    await recordObservations("msc.weather", regina("temperature", "°C", -23.1));
    expect(await read("select region, place, source, temperature_c, wind_speed_km_h, solar_radiation_w_m2, humidity_percent, quality::text from public.weather_data order by source")).toEqual([
      { region: "CA-SK", place: "Regina", source: "msc.weather", temperature_c: -23.1, wind_speed_km_h: null, solar_radiation_w_m2: null, humidity_percent: null, quality: "estimated" },
      { region: "CA-SK", place: "Regina", source: "open-meteo.weather", temperature_c: -22.5, wind_speed_km_h: 31, solar_radiation_w_m2: 0, humidity_percent: null, quality: "estimated" },
    ]);
  });

  describe("of the last days", () => {
    let hour = 0;
    beforeEach(() => void (hour = Math.floor(Date.now() / 3_600_000) * 3_600_000));
    const ending = (over: Subject, minutes: number, values: (number | null)[], quality: "measured" | "estimated" | "forecast" = "measured") =>
      observationsOf(over, new Date(hour - values.length * minutes * 60_000).toISOString(), minutes, values, quality);

    test("the newest value of each line that tells how a region does", async () => {
      await recordObservations("ieso.realtime-totals", ending(subject("CA-ON", "demand"), 5, [15_000, 15_100]));
      await recordObservations("ieso.demand", observationsOf(subject("CA-ON", "demand"), "2024-01-01T05:00:00Z", 60, [14_000]));
      await recordObservations("ieso.adequacy", ending(subject("CA-ON", "demand-forecast"), 60, [15_500], "forecast"));
      await recordObservations("ieso.zonal-price", ending(subject("CA-ON", "price", { unit: "CAD/MWh" }), 5, [30, -2]));
      expect(await read("select region, metric, fuel, source, value, unit, quality::text from public.grid_status order by metric")).toEqual([
        { region: "CA-ON", metric: "demand", fuel: null, source: "ieso.realtime-totals", value: 15_100, unit: "MW", quality: "measured" },
        { region: "CA-ON", metric: "price", fuel: null, source: "ieso.zonal-price", value: -2, unit: "CAD/MWh", quality: "measured" },
      ]);
    });

    test("stability by hour: error of the forecast, ramp, shares; fuels of one source alone", async () => {
      const fuel = (name: Fuel, unit: Subject["unit"], values: number[]) => ending(subject("CA-ON", "generation", { fuel: name, unit }), 60, values);
      await recordObservations("ieso.demand", ending(subject("CA-ON", "demand"), 60, [15_000, 16_000]));
      await recordObservations("ieso.realtime-totals", ending(subject("CA-ON", "demand"), 5, Array.from({ length: 12 }, () => 15_900), "estimated"));
      await recordObservations("ieso.adequacy", ending(subject("CA-ON", "demand-forecast"), 60, [15_000, 16_400], "forecast"));
      await recordObservations("ieso.intertie-flow", ending(subject("CA-ON", "net-interchange"), 5, Array.from({ length: 12 }, (_, i) => (i < 6 ? 1_000 : 2_000))));
      await recordObservations("ieso.output-by-fuel", [...fuel("nuclear", "MWh", [9_000, 9_000]), ...fuel("wind", "MWh", [1_000, 900]), ...fuel("solar", "MWh", [0, 100])]);
      await recordObservations("kaggle.dataset", fuel("wind", "MWh", [5, 5]));
      const rows = await read("select region, demand_mw, forecast_error_mw, forecast_error_percent, ramp_mw_per_hour, net_export_mw, net_export_percent, generation_mw, variable_renewables_percent from public.grid_stability_metrics order by hour_start");
      expect(rows).toEqual([
        { region: "CA-ON", demand_mw: 15_000, forecast_error_mw: 0, forecast_error_percent: 0, ramp_mw_per_hour: null, net_export_mw: null, net_export_percent: null, generation_mw: 10_000, variable_renewables_percent: 10 },
        { region: "CA-ON", demand_mw: 16_000, forecast_error_mw: -400, forecast_error_percent: -2.5, ramp_mw_per_hour: 1_000, net_export_mw: 1_500, net_export_percent: 9.375, generation_mw: 10_000, variable_renewables_percent: 10 },
      ]);
    });

    test("an hour that one fuel is only estimated of keeps all its fuels", async () => {
      await recordObservations("hydro-quebec.production", [
        ...ending(subject("CA-QC", "generation", { fuel: "hydro" }), 60, [20_000]), ...ending(subject("CA-QC", "generation", { fuel: "wind" }), 60, [2_000]), ...ending(subject("CA-QC", "generation", { fuel: "other" }), 60, [250], "estimated"),
      ]);
      expect(await read("select generation_mw, round(variable_renewables_percent::numeric, 2)::float8 as share, demand_mw, quality::text from public.grid_stability_metrics")).toEqual([{ generation_mw: 22_250, share: 8.99, demand_mw: null, quality: "estimated" }]);
    });
  });
});
