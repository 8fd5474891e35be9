import { z } from "zod";
import { Secret } from "./secret.ts";

const port = z.coerce.number().int().min(0).max(65_535);
const count = z.coerce.number().int().min(1);
/** What an Authorization header can carry. */
const bearerToken = z.string().regex(/^[\x21-\x7e]{16,}$/, "must be 16 or more printable ASCII characters without spaces");
const optionalUrl = (protocol: RegExp) => z.url({ protocol }).optional();

/** A model behind its vendor; the model's own name may hold slashes too. */
const modelChoice = z.string().regex(/^(openai|anthropic|google)\/\S{1,200}$/, "must be openai/…, anthropic/… or google/… with the model's name, such as openai/gpt-4.1-mini").optional();

/** Every variable the application reads, with its default. `.env.local.example` documents the same list. */
const variables = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
  HOST: z.string().min(1).default("127.0.0.1"),
  PORT: port.default(3000),
  /** Where links in mail and citations point, and the origin that state-changing requests must come from. */
  APP_URL: optionalUrl(/^https?$/),
  DATA_DIR: z.string().min(1).default(".data"),
  TRUSTED_PROXY_HOPS: z.coerce.number().int().min(0).max(16).default(0),
  DATABASE_URL: optionalUrl(/^postgres(ql)?$/),
  DATABASE_POOL_MAX: count.max(200).default(10),
  SUPABASE_URL: optionalUrl(/^https?$/),
  SUPABASE_PUBLISHABLE_KEY: z.string().min(20).optional(),
  SUPABASE_TIMEOUT_MS: count.max(60_000).default(5_000),
  OPENAI_API_KEY: z.string().min(1).optional(),
  OPENAI_BASE_URL: optionalUrl(/^https?$/),
  OPENAI_MODEL: z.string().min(1).default("gpt-4.1-mini"),
  ANTHROPIC_API_KEY: z.string().min(1).optional(),
  ANTHROPIC_BASE_URL: optionalUrl(/^https?$/),
  GEMINI_API_KEY: z.string().min(1).optional(),
  GEMINI_BASE_URL: optionalUrl(/^https?$/),
  LLM_MODEL: modelChoice,
  /** Asked when the first choice gives no answer. */
  LLM_FALLBACK_MODEL: modelChoice,
  LLM_MODEL_ASK: modelChoice,
  LLM_MODEL_EXPLAIN_CHART: modelChoice,
  LLM_MODEL_ANALYTICS_INSIGHT: modelChoice,
  LLM_MODEL_TRANSITION_REPORT: modelChoice,
  LLM_MODEL_DATA_QUALITY: modelChoice,
  LLM_MODEL_MARKET_BRIEF: modelChoice,
  /** For one model, its repetitions included. */
  LLM_TIMEOUT_MS: count.max(600_000).default(30_000),
  EMBEDDING_MODEL: z.string().min(1).max(200).optional(),
  /** What a vector of app.embedding_models may have. */
  EMBEDDING_DIMENSIONS: count.max(4_000).optional(),
  EMBEDDING_BASE_URL: optionalUrl(/^https?$/),
  EMBEDDING_API_KEY: z.string().min(1).optional(),
  EMBEDDING_TIMEOUT_MS: count.max(60_000).default(2_000),
  RATE_LIMIT_PER_MINUTE: count.default(100),
  RATE_LIMIT_LLM_PER_MINUTE: count.default(30),
  /** Where processes count limits together: Upstash over REST, or Redis. */
  UPSTASH_REDIS_REST_URL: optionalUrl(/^https?$/),
  UPSTASH_REDIS_REST_TOKEN: z.string().min(1).optional(),
  REDIS_URL: optionalUrl(/^rediss?$/),
  /** Another database than the limits', which may drop what it holds: answers of models are kept there. */
  REDIS_CACHE_URL: optionalUrl(/^rediss?$/),
  /** Processes that share the limits: while the store is away each gives that part of them. */
  RATE_LIMIT_REPLICAS: count.max(1_000).default(1),
  /** Longer than this and the store counts as away. */
  RATE_LIMIT_TIMEOUT_MS: count.max(10_000).default(200),
  /** Signs administrators' sessions and CSRF tokens; the previous one is still believed, so that it can be changed. */
  SESSION_SECRET: Secret.optional(),
  SESSION_SECRET_PREVIOUS: Secret.optional(),
  /** Goes into administrators' password hashes: with another one they all need new passwords. */
  PASSWORD_PEPPER: Secret.optional(),
  /** host or host:port, parted by commas: may be called although they are private, or plain http. */
  OUTBOUND_ALLOWED_HOSTS: z.string().regex(/^[\w.:[\]-]+(,[\w.:[\]-]+)*$/).transform((text) => text.split(",")).optional(),
  SMTP_URL: optionalUrl(/^smtps?$/),
  MAIL_FROM: z.string().min(3).default("Tieline <no-reply@localhost>"),
  /** Whether this process asks the sources of grid data by itself; the command and an administrator's own files still can. */
  GRID_INGEST: z.enum(["on", "off"]).default("on"),
  /** Keys of sources of grid data: those that need one are read only with it. */
  AESO_API_KEY: z.string().min(1).optional(),
  KAGGLE_API_TOKEN: z.string().min(1).optional(),
  KAGGLE_USERNAME: z.string().min(1).optional(),
  KAGGLE_KEY: z.string().min(1).optional(),
  HF_TOKEN: z.string().min(1).optional(),
  /** Where traces go: an OpenTelemetry collector's root, and Langfuse. Without either nothing is traced. */
  OTEL_EXPORTER_OTLP_ENDPOINT: optionalUrl(/^https?$/),
  /** name=value, parted by commas. */
  OTEL_EXPORTER_OTLP_HEADERS: z.string().regex(/^[\w-]+=[^,]+(,[\w-]+=[^,]+)*$/).transform((text) => text.split(",")).optional(),
  LANGFUSE_PUBLIC_KEY: z.string().min(1).optional(),
  LANGFUSE_SECRET_KEY: z.string().min(1).optional(),
  LANGFUSE_BASE_URL: z.url({ protocol: /^https?$/ }).default("https://cloud.langfuse.com"),
  /** A project of Sentry that errors go to, as it shows it. */
  SENTRY_DSN: z.string().regex(/^https?:\/\/\w+@[\w.-]+(:\d+)?(\/[\w-]+)*\/\d+$/, "must be as Sentry shows it: https://key@host/project").optional(),
  METRICS_TOKEN: bearerToken.optional(),
  /** What runs /api/cron/{job} shows; Vercel sends it by itself. */
  CRON_SECRET: bearerToken.optional(),
  /** For how long the ledger of model calls is kept, and what people said of answers. */
  LLM_CALL_RETENTION_DAYS: count.max(3_650).default(180),
  LLM_FEEDBACK_RETENTION_DAYS: count.max(3_650).default(365),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  SHUTDOWN_TIMEOUT_MS: count.max(600_000).default(10_000),
});

/** Their names. */
export const variableNames = Object.keys(variables.shape);

const modelChoices = ["LLM_MODEL", "LLM_FALLBACK_MODEL", "LLM_MODEL_ASK", "LLM_MODEL_EXPLAIN_CHART", "LLM_MODEL_ANALYTICS_INSIGHT", "LLM_MODEL_TRANSITION_REPORT", "LLM_MODEL_DATA_QUALITY", "LLM_MODEL_MARKET_BRIEF"] as const;

/** Which server an address of Redis leads to: the policy of eviction is one for all of its databases. */
function redisServer(address: string): string {
  const { hostname, port } = new URL(address);
  return `${hostname.toLowerCase()}:${port || "6379"}`;
}

/** As `variables`, with the combinations that go together. */
export const Environment = variables.superRefine((set, context) => {
  const refuse = (name: keyof typeof set, message: string) => context.addIssue({ code: "custom", path: [name], message });
  if (set.EMBEDDING_MODEL !== undefined && [set.EMBEDDING_API_KEY, set.EMBEDDING_BASE_URL, set.OPENAI_API_KEY, set.OPENAI_BASE_URL].every((value) => value === undefined)) {
    refuse("EMBEDDING_API_KEY", "is missing: EMBEDDING_MODEL needs a key, or a server of your own in EMBEDDING_BASE_URL");
  }
  if ((set.LANGFUSE_PUBLIC_KEY === undefined) !== (set.LANGFUSE_SECRET_KEY === undefined)) {
    const [missing, given] = set.LANGFUSE_PUBLIC_KEY === undefined ? (["LANGFUSE_PUBLIC_KEY", "LANGFUSE_SECRET_KEY"] as const) : (["LANGFUSE_SECRET_KEY", "LANGFUSE_PUBLIC_KEY"] as const);
    refuse(missing, `is missing, but ${given} is set`);
  }
  for (const name of modelChoices) {
    const [vendor] = set[name]?.split("/", 1) ?? [];
    if (vendor === "openai" && set.OPENAI_API_KEY === undefined && set.OPENAI_BASE_URL === undefined) refuse("OPENAI_API_KEY", `is missing: ${name} is a model of OpenAI; a server of your own goes in OPENAI_BASE_URL`);
    if (vendor === "anthropic" && set.ANTHROPIC_API_KEY === undefined) refuse("ANTHROPIC_API_KEY", `is missing: ${name} is a model of Anthropic`);
    if (vendor === "google" && set.GEMINI_API_KEY === undefined) refuse("GEMINI_API_KEY", `is missing: ${name} is a model of Google`);
  }
  if ((set.UPSTASH_REDIS_REST_URL === undefined) !== (set.UPSTASH_REDIS_REST_TOKEN === undefined)) {
    const [missing, given] = set.UPSTASH_REDIS_REST_URL === undefined ? (["UPSTASH_REDIS_REST_URL", "UPSTASH_REDIS_REST_TOKEN"] as const) : (["UPSTASH_REDIS_REST_TOKEN", "UPSTASH_REDIS_REST_URL"] as const);
    refuse(missing, `is missing, but ${given} is set`);
  }
  if (set.UPSTASH_REDIS_REST_URL !== undefined && set.REDIS_URL !== undefined) {
    refuse("REDIS_URL", "is set, and UPSTASH_REDIS_REST_URL too: limits are counted in one place");
  }
  if (set.REDIS_CACHE_URL !== undefined && set.REDIS_URL !== undefined && redisServer(set.REDIS_CACHE_URL) === redisServer(set.REDIS_URL)) {
    refuse("REDIS_CACHE_URL", "is the same Redis as REDIS_URL: a cache evicts, limits must not be evicted, and a server evicts from all of its databases. Use another Redis, with maxmemory-policy allkeys-lru");
  }
  if (set.SUPABASE_URL === undefined) {
    if (set.SUPABASE_PUBLISHABLE_KEY !== undefined) refuse("SUPABASE_URL", "is missing, but SUPABASE_PUBLISHABLE_KEY is set");
    return;
  }
  if (set.SUPABASE_PUBLISHABLE_KEY === undefined) {
    refuse("SUPABASE_PUBLISHABLE_KEY", "is missing: the project at SUPABASE_URL asks for it");
  }
  if (set.DATABASE_URL === undefined) {
    refuse("DATABASE_URL", "is missing: accounts at SUPABASE_URL go with the data of that project's database");
  }
});
export type Environment = z.infer<typeof Environment>;

/**
 * Parses variables as a shell gives them: an empty one counts as not set.
 * Throws an Error whose message names each variable that is wrong and why.
 */
export function parseEnvironment(variables: Record<string, string | undefined>): Environment {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = Environment.safeParse(set);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`The configuration can't be used:\n${lines.join("\n")}\nSee .env.local.example for each variable.`);
}

let current: Environment | undefined;

/** The process's configuration, parsed at first use. */
export function environment(): Environment {
  return (current ??= parseEnvironment(process.env));
}

/** Parses process.env again: for tests that start the application with other settings. */
export function reloadEnvironment(): Environment {
  return (current = parseEnvironment(process.env));
}
