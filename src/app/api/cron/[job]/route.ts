import { route } from "#platform/http/route.ts";
import { CronOutcome, CronParams, runScheduled } from "../scheduled-jobs.ts";

const declared = { auth: "cron", limit: "default", params: CronParams, result: CronOutcome, errors: ["NOT_FOUND"] } as const;

export const GET = route({ ...declared, summary: "Run a scheduled job now, as Vercel's cron asks for it", handle: ({ params, request }) => runScheduled(params.job, request) });

export const POST = route({ ...declared, summary: "Run a scheduled job now", handle: ({ params, request }) => runScheduled(params.job, request) });
