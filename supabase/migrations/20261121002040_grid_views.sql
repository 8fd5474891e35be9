-- What a Supabase client may read of the grid, each in the shape that people ask for. Means of power in MW throughout.

-- What each region generates, by fuel. Sources stay apart: an interval may be told by several.
create view public.provincial_generation with (security_invoker = true) as
  select o.starts_at, o.ends_at, s.region, s.fuel, s.source,
    case s.unit when 'MWh' then o.value * 3600 / extract(epoch from o.ends_at - o.starts_at)::float8 else o.value end as mean_mw,
    o.quality, o.known_at
  from app.observations o join app.series s on s.id = o.series_id
  where s.metric = 'generation' and s.fuel is not null and s.item is null;

-- Alberta at each moment that its operator's report told.
create view public.alberta_supply_demand with (security_invoker = true) as
  select o.starts_at as observed_at,
    max(o.value) filter (where s.metric = 'internal-load') as internal_load_mw,
    max(o.value) filter (where s.metric = 'generation-total') as generation_mw,
    max(o.value) filter (where s.metric = 'net-interchange') as net_export_mw,
    max(o.value) filter (where s.metric = 'net-to-grid-generation') as net_to_grid_generation_mw,
    max(o.value) filter (where s.metric = 'reserve-required' and s.item is null and s.fuel is null) as reserve_required_mw,
    max(o.value) filter (where s.metric = 'reserve-dispatched' and s.item is null and s.fuel is null) as reserve_dispatched_mw,
    max(o.value) filter (where s.metric = 'generation' and s.fuel = 'gas') as gas_mw,
    max(o.value) filter (where s.metric = 'generation' and s.fuel = 'coal') as coal_mw,
    max(o.value) filter (where s.metric = 'generation' and s.fuel = 'hydro') as hydro_mw,
    max(o.value) filter (where s.metric = 'generation' and s.fuel = 'wind') as wind_mw,
    max(o.value) filter (where s.metric = 'generation' and s.fuel = 'solar') as solar_mw,
    max(o.value) filter (where s.metric = 'generation' and s.fuel = 'storage') as storage_mw,
    max(o.value) filter (where s.metric = 'generation' and s.fuel = 'other') as other_mw,
    max(o.value) filter (where s.metric = 'intertie-flow' and s.item = 'British Columbia') as british_columbia_mw,
    max(o.value) filter (where s.metric = 'intertie-flow' and s.item = 'Montana') as montana_mw,
    max(o.value) filter (where s.metric = 'intertie-flow' and s.item = 'Saskatchewan') as saskatchewan_mw,
    max(o.quality) as quality, max(o.known_at) as known_at
  from app.observations o join app.series s on s.id = o.series_id
  where s.source = 'aeso.current-supply-demand' and (s.item is null or s.metric = 'intertie-flow')
  group by 1;

-- Weather at each place and time, as each source tells it.
create view public.weather_data with (security_invoker = true) as
  select o.starts_at, o.ends_at, s.region, s.item as place, s.source,
    max(o.value) filter (where s.metric = 'temperature') as temperature_c,
    max(o.value) filter (where s.metric = 'apparent-temperature') as apparent_temperature_c,
    max(o.value) filter (where s.metric = 'dew-point') as dew_point_c,
    max(o.value) filter (where s.metric = 'humidity') as humidity_percent,
    max(o.value) filter (where s.metric = 'wind-speed') as wind_speed_km_h,
    max(o.value) filter (where s.metric = 'wind-direction') as wind_direction_degrees,
    max(o.value) filter (where s.metric = 'precipitation') as precipitation_mm,
    max(o.value) filter (where s.metric = 'cloud-cover') as cloud_cover_percent,
    max(o.value) filter (where s.metric = 'solar-radiation') as solar_radiation_w_m2,
    max(o.value) filter (where s.metric = 'pressure') as pressure_hpa,
    max(o.quality) as quality, max(o.known_at) as known_at
  from app.observations o join app.series s on s.id = o.series_id
  where s.item is not null and s.metric in ('temperature', 'apparent-temperature', 'dew-point', 'humidity', 'wind-speed', 'wind-direction', 'precipitation', 'cloud-cover', 'solar-radiation', 'pressure')
  group by 1, 2, 3, 4, 5;

-- The newest value of what tells how a region does, of each source, of the last seven days. Forecasts and parts aside.
create view public.grid_status with (security_invoker = true) as
  select s.region, s.metric, s.fuel, s.source, newest.starts_at, newest.ends_at, newest.value, s.unit, newest.quality, newest.known_at
  from app.series s cross join lateral (
    select o.starts_at, o.ends_at, o.value, o.quality, o.known_at from app.observations o
    where o.series_id = s.id and o.starts_at > now() - interval '7 days' and o.starts_at <= now() and o.value is not null and o.quality <> 'forecast'
    order by o.starts_at desc limit 1) newest
  where s.item is null and s.metric in ('demand', 'internal-load', 'generation', 'generation-total', 'price', 'net-interchange');

-- How strained each region's grid was, by hours of the last 31 days: longer ones are the API's to tell. Of several sources
-- that tell an hour, the one that measured it, and among those the first by name.
create view public.grid_stability_metrics with (security_invoker = true) as
  with told as (
    select s.region, s.metric, s.fuel, s.source, o.starts_at as hour_start, o.value, o.quality
    from app.observations o join app.series s on s.id = o.series_id
    where o.starts_at > now() - interval '31 days' and o.starts_at < now() + interval '2 days' and o.ends_at = o.starts_at + interval '1 hour' and o.value is not null
      and s.item is null and s.metric in ('demand', 'internal-load', 'demand-forecast', 'net-interchange', 'generation')
    union all
    select s.region, s.metric, s.fuel, s.source, r.starts_at, r.mean, r.quality
    from app.rollups r join app.series s on s.id = r.series_id
    -- A moment of every five minutes is enough: it stands for them.
    where r.period = 'hour' and r.starts_at > now() - interval '31 days' and r.covered_seconds >= 576
      and s.item is null and s.metric in ('demand', 'internal-load', 'demand-forecast', 'net-interchange', 'generation')
  ), judged as (
    select told.*, case metric when 'internal-load' then 'demand' else metric end as family,
      max(quality) over (partition by region, metric, hour_start, source) as worst
    from told
  ), ranked as (
    -- All fuels of an hour are one source's: what one calls other another tells apart.
    select judged.*, dense_rank() over (partition by region, family, hour_start order by worst, source) as place from judged
  ), hourly as (
    select region, hour_start,
      max(value) filter (where metric in ('demand', 'internal-load')) as demand_mw,
      max(value) filter (where metric = 'demand-forecast') as demand_forecast_mw,
      max(value) filter (where metric = 'net-interchange') as net_export_mw,
      sum(value) filter (where metric = 'generation' and fuel <> 'storage') as generation_mw,
      sum(value) filter (where metric = 'generation' and fuel in ('wind', 'solar')) as variable_mw,
      max(quality) filter (where metric <> 'demand-forecast') as quality
    from ranked where place = 1 group by 1, 2
  )
  select hourly.region, hourly.hour_start, hourly.hour_start + interval '1 hour' as hour_end, hourly.demand_mw, hourly.demand_forecast_mw,
    hourly.demand_mw - hourly.demand_forecast_mw as forecast_error_mw,
    (hourly.demand_mw - hourly.demand_forecast_mw) / nullif(hourly.demand_mw, 0) * 100 as forecast_error_percent,
    hourly.demand_mw - before.demand_mw as ramp_mw_per_hour,
    hourly.net_export_mw, hourly.net_export_mw / nullif(hourly.demand_mw, 0) * 100 as net_export_percent,
    hourly.generation_mw, hourly.variable_mw / nullif(hourly.generation_mw, 0) * 100 as variable_renewables_percent, hourly.quality
  from hourly left join hourly before on before.region = hourly.region and before.hour_start = hourly.hour_start - interval '1 hour';

revoke all on public.provincial_generation, public.alberta_supply_demand, public.weather_data, public.grid_status, public.grid_stability_metrics from public, anon, authenticated;
grant select on public.provincial_generation, public.alberta_supply_demand, public.weather_data, public.grid_status, public.grid_stability_metrics to anon, authenticated, service_role;
