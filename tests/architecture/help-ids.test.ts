import { existsSync, globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { AppError, errorCodes } from "#lib/errors.ts";
import { createSlugger } from "#lib/slug.ts";
import { problemOf } from "#platform/http/problem.ts";
import { routes } from "#ui/shell/routes.ts";

const sources = globSync("src/**/*.tsx").map((file) => ({ file, text: readFileSync(file, "utf8") }));

/** Every help id the interface names: of routes, written in a HelpButton, or linked. */
const used = [
  ...Object.values(routes).flatMap((route) => ("helpId" in route ? [route.helpId] : [])),
  ...sources.flatMap(({ text }) => [...text.matchAll(/<HelpButton id="([^"]+)"/g)].map(([, id]) => id ?? "")),
  ...sources.flatMap(({ text }) => [...text.matchAll(/"\/help\/([a-z0-9-]+)"/g)].map(([, id]) => id ?? "")),
];

test("every help id the interface uses is an entry", () => {
  expect(used.length).toBeGreaterThan(3);
  expect(used.filter((id) => !existsSync(`supabase/seed/help/${id}.md`))).toEqual([]);
});

test("a HelpButton's id is written out or comes from a route, so that it can be checked", () => {
  const ids = sources.flatMap(({ text }) => [...text.matchAll(/<HelpButton id=(\S+?)[\s/]/g)].map(([, id]) => id ?? ""));
  expect(ids.filter((id) => !/^("[a-z0-9-]+"|\{(routes\.\w+\.)?helpId\})$/.test(id))).toEqual([]);
});

test("the type of every problem leads to a section of the entry on errors", () => {
  const slug = createSlugger();
  const entry = readFileSync("supabase/seed/help/api-errors.md", "utf8");
  const sections = [...entry.matchAll(/^##+ (.+)$/gm)].map(([, heading]) => `/help/api-errors#${slug(heading ?? "")}`);
  expect(errorCodes.map((code) => problemOf(new AppError(code), "id").type).filter((type) => !sections.includes(type))).toEqual([]);
});
