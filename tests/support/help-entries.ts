import { POST as create } from "#app/api/admin/help/route.ts";
import { DELETE, GET as read, PUT as save } from "#app/api/admin/help/[id]/route.ts";
import { POST as publish } from "#app/api/admin/help/[id]/publish/route.ts";
import { POST as unpublish } from "#app/api/admin/help/[id]/unpublish/route.ts";
import { POST as restore } from "#app/api/admin/help/[id]/restore/route.ts";
import { GET as getPublic } from "#app/api/help/[id]/route.ts";
import { POST as askRoute } from "#app/api/ask/route.ts";
import { Answer } from "#domains/assistant/index.ts";
import { EditedHelpEntry, HelpContent } from "#domains/help/index.ts";
import { Problem } from "#platform/http/problem.ts";
import type { SignedInAdmin } from "./admins.ts";
import { call, type CallOptions } from "./http.ts";

/** A whole text of an entry, changed by `over`. */
export function helpContent(over: Partial<HelpContent> = {}): HelpContent {
  return HelpContent.parse({
    title: "Frazil ice", short: "Ice crystals that clog the intakes of hydro stations.", topic: "Demand and supply", tags: ["ice"], language: "en",
    questions: ["What is frazil ice?"], sources: [{ title: "A source", url: "https://example.org/ice" }],
    body: "Frazil ice is made of crystals that float in supercooled turbulent water.\n\n## What it does\n\nFrazil ice clogs the intakes of hydro stations on cold clear nights.",
    ...over,
  });
}

/** What the routes of one administrator's console answer; `expect…` fail on any other status. */
export function consoleOf({ headers }: SignedInAdmin) {
  const at = (id: string, rest = "", options: CallOptions = {}) => [`/api/admin/help/${id}${rest}`, { headers, params: { id }, ...options }] as const;
  return {
    create: (id: string, content: unknown = helpContent(), note?: string) => call(create, "/api/admin/help", { headers, json: { id, content, ...(note === undefined ? {} : { note }) } }),
    read: (id: string) => call(read, ...at(id)),
    save: (id: string, json: unknown) => call(save, ...at(id, "", { method: "PUT", json })),
    publish: (id: string, json: unknown) => call(publish, ...at(id, "/publish", { json })),
    unpublish: (id: string, json: unknown) => call(unpublish, ...at(id, "/unpublish", { json })),
    remove: (id: string, base: number | string) => call(DELETE, ...at(id, `?base=${base}`, { method: "DELETE" })),
    restore: (id: string, json: unknown) => call(restore, ...at(id, "/restore", { json })),
  };
}

/** The entry that a response holds; throws with the problem when it is refused. */
export async function entryOf(response: Promise<Response> | Response): Promise<EditedHelpEntry> {
  const answered = await response;
  if (!answered.ok) throw new Error(`${answered.status} ${await answered.text()}`);
  return EditedHelpEntry.parse(await answered.json());
}

/** Status and code of a refusal. */
export async function refusal(response: Promise<Response> | Response): Promise<Problem> {
  return Problem.parse(await (await response).json());
}

export const readPublic = (id: string) => call(getPublic, `/api/help/${id}`, { params: { id } });

/** What a visitor is answered. */
export async function askVisitor(question: string): Promise<Answer> {
  return Answer.parse(await (await call(askRoute, "/api/ask", { json: { question } })).json());
}
