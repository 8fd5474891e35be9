import type { NextConfig } from "next";
import { inertPolicy, securityHeaders } from "./src/platform/http/security-headers.ts";

/** Favicons may be drawn as the system's theme wants. */
const imagePolicy = `${inertPolicy}; style-src 'unsafe-inline'`;

const config: NextConfig = {
  poweredByHeader: false,
  // Shared by the process entry and the bundles: one copy of each class and of each open handle.
  serverExternalPackages: ["@electric-sql/pglite", "@langfuse/otel", "@opentelemetry/api", "@opentelemetry/core", "@opentelemetry/exporter-trace-otlp-http", "@opentelemetry/resources", "@opentelemetry/sdk-trace-base", "@sentry/node-core", "@supabase/lite", "kysely", "pg", "pg-boss", "pino", "prom-client"],
  // Migrations and help content are read from disk, also by a serverless function.
  outputFileTracingIncludes: { "/**": ["./supabase/migrations/**", "./supabase/seed/**"] },
  // npm run typecheck covers the source and the tests; a build needn't do it again.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
  async headers() {
    return [
      { source: "/:path*", headers: [...securityHeaders] },
      { source: "/icon.svg", headers: [{ key: "Content-Security-Policy", value: imagePolicy }] },
      { source: "/favicon.ico", headers: [{ key: "Content-Security-Policy", value: inertPolicy }] },
      { source: "/_next/static/:path*", headers: [{ key: "Content-Security-Policy", value: inertPolicy }] },
    ];
  },
};

export default config;
