/** Synthetic observations in the shape of real ones: documents in order of time, lines of a source side by side. */
import type { Store } from "./retrieval/store.ts";

export interface Filled {
  observations: number;
  /** A year of hours lies between these, and 30 days between the later ones. ISO 8601. */
  from: string;
  to: string;
  monthAgo: string;
}

const to = "2026-11-01T05:00:00Z";
const dayMs = 86_400_000;
const before = (days: number) => new Date(Date.parse(to) - days * dayMs).toISOString();

interface Fill {
  source: string;
  region: string;
  metric: string;
  fuels?: string[];
  items?: string[];
  stepMinutes: number;
  /** Of each interval; a snapshot is shorter than the step. */
  lengthMinutes: number;
  days: number;
}

/** Fills an empty database: a fifth with the mix and borders of Alberta, some with hourly demand, the rest with real-time totals. */
export async function fillGrid(store: Store, observations: number): Promise<Filled> {
  const large = observations > 1_000_000;
  const snapshots = { source: "aeso.current-supply-demand", region: "CA-AB", stepMinutes: 5, lengthMinutes: 1, days: large ? 365 : 60 };
  const fills: Fill[] = [
    { ...snapshots, metric: "generation", fuels: ["nuclear", "hydro", "biofuel", "other", "coal", "gas", "wind", "solar", "storage", "imports"] },
    { ...snapshots, metric: "intertie-flow", items: ["British Columbia", "Montana", "Saskatchewan"] },
    { source: "ieso.demand", region: "CA-ON", metric: "demand", stepMinutes: 60, lengthMinutes: 60, days: large ? 20 * 365 : 3 * 365 },
  ];
  const sofar = fills.reduce((sum, fill) => sum + countOf(fill), 0);
  const totals: Fill = { source: "ieso.realtime-totals", region: "CA-ON", metric: "demand", stepMinutes: 5, lengthMinutes: 5, days: large ? 365 * 3 : 365 };
  fills.push(totals);
  const left = observations - sofar - countOf(totals);
  fills.push({ ...totals, metric: "reserve", items: ["10S", "10N", "30R", "x1", "x2", "x3", "x4", "x5", "x6", "x7"], days: Math.floor(left / 10 / 288) });
  for (const year of Array.from({ length: 22 }, (_, i) => 2005 + i)) await store.owner(`select app.ensure_observation_year(${year})`);
  for (const fill of fills) await fillOne(store, fill);
  await store.owner("analyze app.observations");
  await store.owner("analyze app.rollups");
  await store.owner("analyze app.series");
  const [count] = await store.owner<{ n: number }>("select count(*)::int as n from app.observations");
  return { observations: Number(count?.n), from: before(365), to, monthAgo: before(30) };
}

function countOf({ fuels, items, days, stepMinutes }: Fill): number {
  return ((fuels ?? items ?? [""]).length * days * 1_440) / stepMinutes;
}

async function fillOne(store: Store, { source, region, metric, fuels, items, stepMinutes, lengthMinutes, days }: Fill): Promise<void> {
  const parts = fuels ?? items ?? [null];
  const ids: number[] = [];
  for (const part of parts) {
    const [row] = await store.owner<{ id: number }>("insert into app.series (source, metric, region, fuel, item, unit) values ($1, $2, $3, $4, $5, 'MW') returning id",
      [source, metric, region, fuels ? part : null, items ? part : null]);
    ids.push(Number(row?.id));
  }
  const [payload] = await store.owner<{ id: string }>(`
    insert into app.payloads (source, origin, content_hash, bytes, fetched_at, completed_at, changed_at, observations)
    select $1, 'synthetic', sha256(convert_to($1 || $2 || n, 'UTF8')), 1, now() - make_interval(mins => n), now() - make_interval(mins => n), now() - make_interval(mins => n), 1 from generate_series(1, 2000) n returning id`, [source, metric]);
  const stretch = 90;
  for (let day = days; day > 0; day -= stretch) {
    await store.owner(`
      insert into app.observations (series_id, starts_at, ends_at, value, quality, known_at, payload_id)
      select id, at, at + make_interval(mins => ${lengthMinutes}), round((1000 * id + 500 * sin(extract(epoch from at)::float8 / 13750) + 20 * random())::numeric, 1), 'measured', at, ${String(payload?.id)}
      from generate_series('${before(day)}'::timestamptz, '${before(Math.max(0, day - stretch))}'::timestamptz - interval '1 second', interval '${stepMinutes} minutes') at,
        unnest('{${ids.join(",")}}'::int[]) id order by at, id`);
  }
  for (const [period, unit, shift] of [["hour", "hour", "0"], ["day", "day", "5 hours"]] as const) {
    if (period === "hour" && stepMinutes === 60) continue;
    await store.owner(`
      insert into app.rollups (series_id, period, starts_at, ends_at, mean, min, max, total, covered_seconds, quality, times, "values")
      select series_id, '${period}', bucket, bucket + interval '1 ${unit}', avg(value), min(value), max(value), sum(value), sum(extract(epoch from ends_at - starts_at))::int, max(quality),
        ${period === "day" ? "null, null" : `
        int4send((extract(epoch from bucket) / 3600)::int) || int4send(count(*)::int)
          || string_agg(int4send(extract(epoch from starts_at - bucket)::int | (extract(epoch from ends_at - starts_at)::int << 15)), '' order by starts_at),
        string_agg(float8send(value), '' order by starts_at)`}
      from app.observations cross join lateral (select date_trunc('${unit}', starts_at - interval '${shift}') + interval '${shift}' as bucket) placed
      where series_id = any ('{${ids.join(",")}}'::int[]) group by series_id, bucket order by bucket, series_id`);
  }
}
