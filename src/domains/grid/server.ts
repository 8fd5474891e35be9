import "server-only";

export { ingest, ingestPayload, type IngestOutcome, type Progress } from "./ingest.ts";
export { findSource, sources } from "./sources/registry.ts";
export { seriesName, SourceFormatError, type Payload, type Source, type SourceDocument, type TimeRange } from "./sources/source.ts";
export { fetchDocument } from "./fetch-document.ts";
export { clockOf } from "./clocks.ts";
export { hoursShown, listSourceHours, listSourceRuns } from "./source-runs.ts";
export { getGridStatus, gridStatusVersion } from "./status.ts";
export { cacheSecondsOf, findSeries, seriesVersion, writeSeries } from "./series.ts";
export { findGeneration, generationVersion, writeGeneration } from "./generation.ts";
export { borderMetric, demandMetric, referencesOf } from "./references.ts";
export { listSources } from "./source-list.ts";
export { followStreams } from "./follow-streams.ts";
export { listStreams, readHistory } from "./stream-manifest.ts";
export { gridJobs, startGrid } from "./jobs.ts";
export { emissionsVersion, findEmissions, writeEmissions } from "./emissions.ts";
export { listDemand, regionRangeNames, type RegionRange } from "./demand-by-region.ts";
export { pageZonesOf } from "./page-zones.ts";
