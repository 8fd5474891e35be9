/** The layers of ARCHITECTURE in README: app, jobs, commands → domains → platform → lib; app → ui → lib. */
const edges = {
  knowledge: ["llm"],
  help: ["knowledge"],
  tools: ["grid", "resilience", "knowledge"],
  trial: ["accounts", "knowledge", "tools", "llm"],
  assistant: ["knowledge", "tools", "trial", "llm"],
  insights: ["llm", "grid"],
  usage: ["llm"],
  accounts: [],
  grid: [],
  resilience: [],
  llm: [],
};

const domainEdges = Object.entries(edges).map(([domain, allowed]) => ({
  name: `domain-${domain}`,
  comment: `${domain} may use ${allowed.join(", ") || "no other domain"}`,
  severity: "error",
  from: { path: `^src/domains/${domain}/` },
  to: { path: "^src/domains/([^/]+)/", pathNot: `^src/domains/(${[domain, ...allowed].join("|")})/` },
}));

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    { name: "lib-stands-alone", severity: "error", from: { path: "^src/lib/" }, to: { path: "^src/(?!lib/)" } },
    { name: "platform-below-domains", severity: "error", from: { path: "^src/platform/" }, to: { path: "^src/(?!platform/|lib/)" } },
    { name: "ui-knows-only-lib", severity: "error", from: { path: "^src/ui/" }, to: { path: "^src/(?!ui/|lib/)" } },
    { name: "domains-below-app", severity: "error", from: { path: "^src/domains/" }, to: { path: "^src/(app|jobs|commands|server|instrumentation)" } },
    {
      name: "domain-uses-ui-in-components-only",
      severity: "error",
      from: { path: "^src/domains/", pathNot: "^src/domains/[^/]+/components/" },
      to: { path: "^src/ui/" },
    },
    {
      name: "doors-between-domains",
      comment: "Another domain is entered through index.ts, server.ts or components/.",
      severity: "error",
      from: { path: "^src/domains/([^/]+)/" },
      to: { path: "^src/domains/([^/]+)/", pathNot: ["^src/domains/$1/", "^src/domains/[^/]+/(index\\.ts|server\\.ts|components/)"] },
    },
    {
      name: "doors-from-above",
      severity: "error",
      from: { path: "^src/(app|jobs|commands|server|instrumentation)" },
      to: { path: "^src/domains/", pathNot: "^src/domains/[^/]+/(index\\.ts|server\\.ts|components/)" },
    },
    {
      name: "queries-stay-home",
      severity: "error",
      from: { path: "^src/(?!domains/([^/]+)/)" },
      to: { path: "^src/domains/[a-z/-]*queries\\.ts$" },
    },
    {
      name: "model-vendors-in-providers-only",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(domains/llm/providers|sdk)/" },
      to: { path: "node_modules/(@langchain|openai|@anthropic-ai|@google)" },
    },
    {
      name: "providers-behind-the-gateway",
      comment: "Policy, budget, redaction and books can't be gone round: calls of models, of those for vectors too, go through gateway/.",
      severity: "error",
      from: { path: "^src/", pathNot: ["^src/domains/llm/(providers|gateway)/", "\\.test\\.ts$"] },
      to: { path: "^src/domains/llm/providers/" },
    },
    {
      name: "database-drivers-in-platform-only",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(platform/(db|auth)|commands/db-[a-z]+\\.ts)" },
      to: { path: "node_modules/(pg|@electric-sql|@supabase/lite)/" },
    },
    {
      name: "sentry-behind-its-reporter",
      comment: "It is loaded where SENTRY_DSN is set, and what is sent is redacted.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/platform/observability/sentry\\.ts$" },
      to: { path: "node_modules/@sentry/" },
    },
    { name: "sdk-stands-alone", severity: "error", from: { path: "^src/sdk/" }, to: { path: "^src/(?!sdk/)" } },
    { name: "product-without-tests", severity: "error", from: { path: "^src/", pathNot: "\\.test\\.tsx?$" }, to: { path: "^(tests|scripts)/|\\.test\\.tsx?$" } },
    // mdast and hast are packages of types alone.
    { name: "unresolved", severity: "error", from: {}, to: { couldNotResolve: true, pathNot: "^(mdast|hast)$" } },
    ...domainEdges,
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "react-server", "node", "default"], extensions: [".ts", ".tsx", ".js", ".json", ".css"] },
  },
};
