import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import { processWide } from "#lib/process-wide.ts";

/** Seconds; the last ones are for answers of language models. */
const durationBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Registers every metric of the platform in a registry of its own. Labels take values from closed sets only. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    httpRequests: new Counter({
      name: "tieline_http_requests_total",
      help: "Requests answered by route handlers; status 499 when the client left first",
      labelNames: ["method", "route", "status"],
      registers,
    }),
    httpRequestDuration: new Histogram({
      name: "tieline_http_request_duration_seconds",
      help: "Time from a request's arrival at its handler to the end of the answer, of a stream its last event",
      labelNames: ["method", "route", "status"],
      buckets: durationBuckets,
      registers,
    }),
    httpRequestsInFlight: new Gauge({
      name: "tieline_http_requests_in_flight",
      help: "Requests being answered now, open streams included",
      registers,
    }),
    resultSchemaFailures: new Counter({
      name: "tieline_http_result_schema_failures_total",
      help: "Results that did not match the schema their route declares",
      labelNames: ["route"],
      registers,
    }),
    rateLimitDecisions: new Counter({
      name: "tieline_rate_limit_decisions_total",
      help: "Decisions of the rate limiter",
      labelNames: ["policy", "backend", "decision"],
      registers,
    }),
    rateLimitStoreUp: new Gauge({
      name: "tieline_rate_limit_store_up",
      help: "Whether the store that processes share their limits in answers (1), or limits are counted in memory (0)",
      registers,
    }),
    answerCacheLookups: new Counter({
      name: "tieline_answer_cache_lookups_total",
      help: "Distinct questions of requests, by whether a finished answer was known (hit) or not (miss)",
      labelNames: ["result"],
      registers,
    }),
    retrievalStatements: new Counter({
      name: "tieline_retrieval_statements_total",
      help: "SQL statements that retrieval for answers took",
      registers,
    }),
    retrievalQuestions: new Counter({
      name: "tieline_retrieval_questions_total",
      help: "Distinct questions that passages were retrieved for",
      registers,
    }),
    cacheEvictions: new Counter({
      name: "tieline_cache_evictions_total",
      help: "Texts that this process's memory dropped to make room; a Redis counts its own",
      registers,
    }),
    cacheFailures: new Counter({
      name: "tieline_cache_failures_total",
      help: "Times that the Redis of the cache didn't answer",
      registers,
    }),
    modelCacheLookups: new Counter({
      name: "tieline_llm_cache_lookups_total",
      help: "Calls that a model's earlier answer could serve, and of the endpoint embed questions whose vector could be known: hit, hit after waiting for an equal call (shared), or miss",
      labelNames: ["endpoint", "result"],
      registers,
    }),
    redactions: new Counter({
      name: "tieline_llm_redactions_total",
      help: "Values taken out of what models are sent, by kind",
      labelNames: ["kind"],
      registers,
    }),
    policyDecisions: new Counter({
      name: "tieline_llm_policy_decisions_total",
      help: "Questions judged before a model may be asked, by verdict",
      labelNames: ["verdict", "category"],
      registers,
    }),
    externalApiRequests: new Counter({
      name: "external_api_requests_total",
      help: "Calls of providers of models, by how they ended",
      labelNames: ["provider", "outcome"],
      registers,
    }),
    externalApiErrors: new Counter({
      name: "external_api_errors_total",
      help: "Calls of providers of models that failed, by why",
      labelNames: ["provider", "reason"],
      registers,
    }),
    externalApiDuration: new Histogram({
      name: "external_api_duration_seconds",
      help: "Time that calls of providers of models took, to their last chunk",
      labelNames: ["provider"],
      buckets: durationBuckets,
      registers,
    }),
    externalApiBudget: new Gauge({
      name: "external_api_budget_ratio",
      help: "Share of the installation's fullest budget for a provider that is spent or held",
      labelNames: ["provider"],
      registers,
    }),
    externalApiRateLimit: new Gauge({
      name: "external_api_rate_limit_remaining",
      help: "Requests or tokens that a provider's answers last told are left of its limit, of the model nearest to its end; absent where they tell nothing, and once the limit has begun anew",
      labelNames: ["provider", "kind"],
      registers,
    }),
    externalApiCircuit: new Gauge({
      name: "external_api_circuit_state",
      help: "0 while a model is asked, 0.5 while one call tries it, 1 while it is left alone because it failed too often",
      labelNames: ["provider", "model"],
      registers,
    }),
    traceSpans: new Counter({
      name: "tieline_trace_spans_total",
      help: "Spans of traces by receiver, sent to it or dropped because it didn't take them",
      labelNames: ["receiver", "result"],
      registers,
    }),
    llmUnpriced: new Counter({
      name: "tieline_llm_unpriced_total",
      help: "Calls with usage that no price of the catalogue covers",
      labelNames: ["provider"],
      registers,
    }),
    llmBudgetDecisions: new Counter({
      name: "tieline_llm_budget_decisions_total",
      help: "Reservations of a call's highest cost: admitted, or refused by a budget of everybody, a provider or an organisation",
      labelNames: ["decision", "period"],
      registers,
    }),
    llmCalls: new Counter({
      name: "tieline_llm_calls_total",
      help: "Rows of the ledger of model calls that this process wrote",
      labelNames: ["endpoint", "outcome"],
      registers,
    }),
    dbStatements: new Counter({
      name: "tieline_db_statements_total",
      help: "SQL statements sent, transaction control aside",
      registers,
    }),
    dbUnitsOfWork: new Counter({
      name: "tieline_db_units_of_work_total",
      help: "Transactions opened with db.as",
      registers,
    }),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;

/** The process's metrics. */
export function metrics(): Metrics {
  return processWide("metrics", createMetrics);
}

/** Media type of renderMetrics(): the Prometheus text exposition format, version 0.0.4. */
export const metricsContentType = Registry.PROMETHEUS_CONTENT_TYPE;

/** The current values in the Prometheus text format. */
export function renderMetrics(): Promise<string> {
  return metrics().registry.metrics();
}
