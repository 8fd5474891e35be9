/**
 * Writes the OpenAPI document and the types of the client from what the route files declare; with --check only compares,
 * and exits 1 when a file differs.
 */
import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";
import * as assistant from "#domains/assistant/index.ts";
import * as help from "#domains/help/index.ts";
import { openApiDocument } from "#platform/http/openapi.ts";
import * as health from "#platform/observability/health-schema.ts";
import packageJson from "../package.json" with { type: "json" };
import { listOperations } from "./operations.ts";

const documentFile = "src/app/api/openapi.json/openapi.json";
const typesFile = "src/ui/api/schema.ts";

const { HelpManifest, HelpEntry, HelpSummary, HelpSearchResult } = help;
const { Answer, Citation } = assistant;
const document = openApiDocument(await listOperations(), {
  title: "Tieline",
  version: packageJson.version,
  description: "The Canadian electricity grid: help, and answers from cited sources.",
  schemas: { HelpManifest, HelpEntry, HelpSummary, HelpSearchResult, Answer, Citation, Readiness: health.Readiness },
});
const json = `${JSON.stringify(document, null, 2)}\n`;
const types = `/** Generated from openapi.json by npm run generate:api; don't edit. */\n\n${astToString(await openapiTS(json))}`;

const files = [[documentFile, json], [typesFile, types]] as const;
if (!process.argv.includes("--check")) {
  for (const [file, text] of files) await writeFile(file, text);
  console.log(`Wrote ${documentFile} and ${typesFile}.`);
} else {
  for (const [file, text] of files) {
    if ((await readFile(file, "utf8").catch(() => "")) === text) continue;
    console.error(`${file} doesn't match the route files. Run npm run generate:api and commit the result.`);
    process.exitCode = 1;
  }
  if (process.exitCode !== 1) console.log("The OpenAPI document and the client's types match the route files.");
}
