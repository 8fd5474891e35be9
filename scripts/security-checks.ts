/** Tests that show a check to hold: those of `tests/security` whose outermost `describe` begins with its number, and these. */
export interface NamedTests {
  file: string;
  /** Of the tests' full names; all of the file unless given. */
  names?: RegExp;
}

export interface SecurityCheck {
  number: number;
  /** What holds. */
  what: string;
  tests?: NamedTests[];
  /** Files of which one exists once the feature is built that the check is about. */
  feature?: string;
}

const adminSessions = "tests/integration/admin-sessions.test.ts";
const admins = "tests/integration/admins.test.ts";
const adminRoutes = "tests/security/admin-routes.test.ts";

export const securityChecks: SecurityCheck[] = [
  { number: 1, what: "Content security policy on every response; scripts by a fresh nonce alone" },
  { number: 2, what: "HSTS for a year or more, with subdomains" },
  { number: 3, what: "nosniff, Referrer-Policy, Permissions-Policy, COOP; no X-Powered-By" },
  { number: 4, what: "Nothing that differs from reader to reader is kept by a cache" },
  { number: 5, what: "Session cookies HttpOnly, SameSite, under 4,096 bytes; no token in a body", tests: [{ file: "src/platform/auth/session-cookie.test.ts" }, { file: adminSessions, names: /HttpOnly cookie/ }, { file: "tests/integration/auth-plane.test.ts", names: /under https/ }] },
  { number: 6, what: "Cross-site requests, and those without the session's token, change nothing", tests: [{ file: "src/platform/http/csrf.test.ts" }] },
  { number: 7, what: "GET and HEAD change nothing" },
  { number: 8, what: "No other origin may read an answer" },
  { number: 9, what: "Every admin route is closed to everybody else", tests: [{ file: adminRoutes }] },
  { number: 10, what: "A role that changes or ends does so at the next request", tests: [{ file: admins, names: /another role at once|closes the door at once/ }] },
  { number: 11, what: "Forged, foreign and expired tokens are refused", tests: [{ file: adminRoutes, names: /none|HS512|kid|issuer|audience|expire|forged/i }] },
  { number: 12, what: "A cookie replayed after logging out is dead", tests: [{ file: adminSessions, names: /dead when replayed/ }] },
  { number: 13, what: "Logging in gives a new session id; a planted one is ignored", tests: [{ file: adminSessions, names: /new session whatever the browser brought/ }] },
  { number: 14, what: "Unknown users and wrong passwords get one answer, after one time", tests: [{ file: adminSessions, names: /in the same words/ }] },
  { number: 15, what: "Long passwords count to their last byte", tests: [{ file: "src/platform/auth/passwords.test.ts" }] },
  { number: 16, what: "Bursts of log-ins are limited before a password is hashed", tests: [{ file: adminSessions, names: /limits attempts/ }] },
  { number: 17, what: "Limits are exact, and no header gives a client another one", tests: [{ file: "src/platform/security/memory-rate-limiter.test.ts" }, { file: "src/platform/http/client-address.test.ts" }, { file: "tests/integration/server.test.ts", names: /counts a client by the socket|believes as many proxies/ }, { file: "tests/integration/rate-limits.test.ts" }] },
  { number: 18, what: "429 carries Retry-After and both families of headers" },
  { number: 19, what: "Row security keeps tenants apart, also from code that forgets to", tests: [{ file: "tests/security/catalog.test.ts" }, { file: "tests/integration/unit-of-work.test.ts" }] },
  { number: 20, what: "Another tenant's ids don't exist", tests: [{ file: "tests/security/tenants.test.ts" }] },
  { number: 21, what: "SQL takes parameters", tests: [{ file: "tests/architecture/sql.test.ts" }] },
  { number: 22, what: "Outgoing requests reach no private network", tests: [{ file: "tests/integration/outbound.test.ts" }], feature: "src/platform/security/outbound*.ts" },
  { number: 23, what: "Bodies are limited in size and depth; a cut one is refused", tests: [{ file: "src/platform/http/json-body.test.ts" }] },
  { number: 24, what: "Uploads are what they say, and are served inert", feature: "src/app/api/documents/**/route.ts" },
  { number: 25, what: "Archives and documents can't exhaust the process", feature: "src/app/api/documents/**/route.ts" },
  { number: 26, what: "Markdown runs nothing and loads nothing from elsewhere", tests: [{ file: "src/domains/help/components/article-body.test.tsx" }] },
  { number: 27, what: "No redirect leads to another host", tests: [{ file: "src/app/admin/console-path.test.ts" }] },
  { number: 28, what: "Scheduled calls need their secret, which is compared in constant time", tests: [{ file: "src/platform/http/authenticate.test.ts" }, { file: "tests/integration/llm-books.test.ts", names: /\/api\/cron/ }] },
  { number: 29, what: "Metrics and details of health are for operators" },
  { number: 30, what: "Errors say their request id and nothing from inside; logs hold no credentials", tests: [{ file: "src/platform/observability/log.test.ts" }] },
  { number: 31, what: "Spreadsheets run nothing of what is exported", tests: [{ file: "src/lib/csv.test.ts" }, { file: "tests/integration/admin-console.test.ts", names: /CSV that no spreadsheet runs/ }], feature: "src/**/csv*.ts" },
  { number: 32, what: "No pattern takes more than linear time" },
  { number: 33, what: "Streams end when their reader leaves", tests: [{ file: "src/platform/http/event-stream.test.ts" }] },
  { number: 34, what: "Secrets are strong, and in no bundle, log or file of the repository", tests: [{ file: "src/platform/config/secret.test.ts" }] },
  { number: 35, what: "Personal data stays out of requests to providers of models", tests: [{ file: "tests/integration/llm-gateway.test.ts", names: /personal data/ }, { file: "tests/evaluations/redaction.test.ts" }] },
];
