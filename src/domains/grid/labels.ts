import type { Fuel, Metric, Quality, Region } from "./schema.ts";

/** A region as people name it, and the zone of its clocks. */
export interface RegionFacts {
  name: string;
  /** Two letters, as in addresses. */
  code: string;
  /** IANA zone that the region's system operator writes its times in. */
  zone: string;
}

/** Ontario's market keeps Eastern Standard Time all year; the others follow the clocks of their capital. */
export const regionFacts: Readonly<Record<Region, RegionFacts>> = {
  "CA-AB": { name: "Alberta", code: "AB", zone: "America/Edmonton" },
  "CA-BC": { name: "British Columbia", code: "BC", zone: "America/Vancouver" },
  "CA-MB": { name: "Manitoba", code: "MB", zone: "America/Winnipeg" },
  "CA-NB": { name: "New Brunswick", code: "NB", zone: "America/Moncton" },
  "CA-NL": { name: "Newfoundland and Labrador", code: "NL", zone: "America/St_Johns" },
  "CA-NS": { name: "Nova Scotia", code: "NS", zone: "America/Halifax" },
  "CA-NT": { name: "Northwest Territories", code: "NT", zone: "America/Edmonton" },
  "CA-NU": { name: "Nunavut", code: "NU", zone: "America/Iqaluit" },
  "CA-ON": { name: "Ontario", code: "ON", zone: "Etc/GMT+5" },
  "CA-PE": { name: "Prince Edward Island", code: "PE", zone: "America/Halifax" },
  "CA-QC": { name: "Québec", code: "QC", zone: "America/Toronto" },
  "CA-SK": { name: "Saskatchewan", code: "SK", zone: "America/Regina" },
  "CA-YT": { name: "Yukon", code: "YT", zone: "America/Whitehorse" },
};

export const fuelNames: Readonly<Record<Fuel, string>> = {
  nuclear: "Nuclear", hydro: "Hydro", biofuel: "Biofuel", other: "Other", coal: "Coal", gas: "Gas", wind: "Wind", solar: "Solar",
  imports: "Imports", storage: "Storage", exports: "Exports",
};

/** What each metric is called in titles, without its unit. */
export const metricNames: Readonly<Record<Metric, string>> = {
  demand: "Demand", "market-demand": "Market demand", "internal-load": "Internal load", load: "Load", "dispatchable-load-off": "Dispatchable load off",
  "demand-forecast": "Demand forecast", "peak-demand-forecast": "Peak demand forecast",
  generation: "Generation", "generation-total": "Total generation", capacity: "Capacity", capability: "Capability", "available-capacity": "Available capacity",
  outage: "Outage", "generation-forecast": "Generation forecast", supply: "Supply", losses: "Losses", "supply-forecast": "Supply forecast",
  "intertie-flow": "Intertie flow", "scheduled-import": "Scheduled import", "scheduled-export": "Scheduled export", "net-interchange": "Net interchange",
  price: "Price", "day-ahead-price": "Day-ahead price", "day-ahead-price-losses": "Day-ahead price, losses", "day-ahead-price-congestion": "Day-ahead price, congestion",
  "system-marginal-price": "System marginal price", "price-forecast": "Price forecast", "price-30-day-average": "Price, 30-day average",
  "price-losses": "Price, losses", "price-congestion": "Price, congestion",
  "net-to-grid-generation": "Net-to-grid generation", "scheduled-interchange": "Scheduled interchange", "marginal-volume": "Marginal volume",
  reserve: "Reserve", "reserve-required": "Reserve required", "reserve-dispatched": "Reserve dispatched", "reserve-margin": "Reserve margin",
  "fast-response-armed": "Fast response armed", "fast-response-offered": "Fast response offered", "long-lead-time-volume": "Long lead time volume",
  temperature: "Temperature", "apparent-temperature": "Apparent temperature", "dew-point": "Dew point", humidity: "Humidity", "wind-speed": "Wind speed",
  "wind-direction": "Wind direction", precipitation: "Precipitation", "cloud-cover": "Cloud cover", "solar-radiation": "Solar radiation", pressure: "Pressure",
};

export const qualityNames: Readonly<Record<Quality, string>> = {
  measured: "Measured", preliminary: "Preliminary", estimated: "Estimated", forecast: "Forecast", sample: "Sample data",
};
