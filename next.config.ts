import type { NextConfig } from "next";

const securityHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "X-Frame-Options", value: "DENY" },
  // Browsers obey it over https alone.
  { key: "Strict-Transport-Security", value: "max-age=63072000; includeSubDomains" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), payment=()" },
];

const config: NextConfig = {
  poweredByHeader: false,
  // Shared by the process entry and the bundles: one copy of each class and of each open handle.
  serverExternalPackages: ["@electric-sql/pglite", "@supabase/lite", "kysely", "pg", "pg-boss", "pino", "prom-client"],
  // Migrations and help content are read from disk, also by a serverless function.
  outputFileTracingIncludes: { "/**": ["./supabase/migrations/**", "./supabase/seed/**"] },
  // npm run typecheck covers the source and the tests; a build needn't do it again.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
  async headers() {
    return [
      { source: "/:path*", headers: securityHeaders },
    ];
  },
};

export default config;
