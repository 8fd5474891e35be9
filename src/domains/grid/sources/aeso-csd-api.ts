import { z } from "zod";
import { parseInstant } from "#domains/grid/time/intervals.ts";
import { aesoReturn } from "./aeso.ts";
import { borders, type Snapshot } from "./aeso-snapshot.ts";
import { Numeric, numericOf } from "./json.ts";
import { SourceFormatError, type Payload } from "./source.ts";

const optional = Numeric.optional();
const Summary = z.looseObject({
  // Version 2 calls it effective, version 1 last updated.
  effective_datetime_utc: z.string().optional(), last_updated_datetime_utc: z.string().optional(),
  total_max_generation_capability: Numeric, total_net_generation: Numeric, net_to_grid_generation: optional,
  net_actual_interchange: Numeric, alberta_internal_load: Numeric,
  contingency_reserve_required: optional,
  dispatched_contigency_reserve_total: optional, dispatched_contingency_reserve_total: optional,
  dispatched_contingency_reserve_gen: optional, dispatched_contingency_reserve_other: optional,
  lssi_armed_dispatch: optional, lssi_offered_volume: optional, ffr_armed_dispatch: optional, ffr_offered_volume: optional, long_lead_time_volume: optional,
  generation_data_list: z.array(z.looseObject({
    fuel_type: z.string().min(1), aggregated_maximum_capability: Numeric, aggregated_net_generation: Numeric, aggregated_dispatched_contingency_reserve: optional,
  })).min(1),
  interchange_list: z.array(z.looseObject({ path: z.string().min(1), actual_flow: Numeric })).min(1),
});
const known = new Set([...Object.keys(Summary.shape), "effective_datetime_mpt", "last_updated_datetime_mpt"]);

/** The API's summary, versions 1 and 2. */
export function readCsdApi({ bytes }: Payload): Snapshot {
  const { content } = aesoReturn(bytes, Summary);
  const time = content.effective_datetime_utc ?? content.last_updated_datetime_utc;
  if (time === undefined) throw new SourceFormatError("The document doesn't say when it was true");
  const required = (name: "total_net_generation" | "net_actual_interchange" | "alberta_internal_load"): number => {
    const value = numericOf(content[name]);
    if (value === null) throw new SourceFormatError(`The document has no ${name}`);
    return value;
  };
  const reserve = (metric: Snapshot["reserves"][number]["metric"], value: z.infer<typeof optional>, item?: string) =>
    value === undefined ? [] : [{ metric, ...(item === undefined ? {} : { item }), value: numericOf(value) }];
  const fuels = content.generation_data_list.map((fuel) => ({
    name: fuel.fuel_type.trim().toUpperCase(), capability: numericOf(fuel.aggregated_maximum_capability),
    generation: numericOf(fuel.aggregated_net_generation), reserve: numericOf(fuel.aggregated_dispatched_contingency_reserve),
  }));
  const flows = content.interchange_list.map(({ path, actual_flow: flow }) => ({ border: borderOf(path), value: numericOf(flow) }));
  if (new Set(fuels.map(({ name }) => name)).size < fuels.length || new Set(flows.map(({ border }) => border)).size < flows.length) {
    throw new SourceFormatError("The document names a fuel or a border twice");
  }
  const capability = numericOf(content.total_max_generation_capability);
  if (capability === null) throw new SourceFormatError("The document has no total_max_generation_capability");
  const at = parseInstant(time);
  return {
    at,
    publishedAt: at,
    generation: required("total_net_generation"),
    interchange: required("net_actual_interchange"),
    load: required("alberta_internal_load"),
    toGrid: numericOf(content.net_to_grid_generation),
    capability,
    reserves: [
      ...reserve("reserve-required", content.contingency_reserve_required),
      ...reserve("reserve-dispatched", content.dispatched_contigency_reserve_total ?? content.dispatched_contingency_reserve_total),
      ...reserve("reserve-dispatched", content.dispatched_contingency_reserve_gen, "generation"),
      ...reserve("reserve-dispatched", content.dispatched_contingency_reserve_other, "other"),
      ...reserve("fast-response-armed", content.ffr_armed_dispatch ?? content.lssi_armed_dispatch),
      ...reserve("fast-response-offered", content.ffr_offered_volume ?? content.lssi_offered_volume),
      ...reserve("long-lead-time-volume", content.long_lead_time_volume),
    ],
    fuels,
    flows,
    flowsComplete: true,
    units: [],
    warnings: Object.keys(content).filter((key) => !known.has(key)).map((key) => `The value ${key} isn't known: it was left out`),
  };
}

/** Its path is a border's name in any case, with or without "Flow". */
function borderOf(path: string): string {
  const name = path.trim().replace(/ flow$/i, "");
  return borders.find((border) => border.toLowerCase() === name.toLowerCase()) ?? path;
}
