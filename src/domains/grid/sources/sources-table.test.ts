import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { withEnvironment } from "../../../../tests/support/environment.ts";
import { sources } from "./registry.ts";

let restore = () => undefined as void;
beforeAll(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-21T12:00:00Z") });
  restore = withEnvironment({ AESO_API_KEY: "key", KAGGLE_API_TOKEN: "key" });
});
afterAll(() => {
  vi.useRealTimers();
  restore();
});

const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");
const cadence = (minutes: number) => (minutes < 60 ? `${minutes} min` : minutes < 1_440 ? `${minutes / 60} h` : `${minutes / 1_440} d`);

test("the README's table says of every source what its module says", async () => {
  const rows = sources.map((source) => {
    const [document] = [...source.documents()];
    const { id, page, cadenceMinutes, endedAt, licence, rules } = source;
    const url = document ? `\`${document.url}\`` : `[named by whoever reads it](${page})`;
    return [`\`${id}\``, url, endedAt ? `ended ${endedAt.toISOString().slice(0, 10)}` : cadence(cadenceMinutes), `[${licence.name}](${licence.url})`, rules.unit, rules.time, rules.sign].map(cell).join(" | ");
  });
  await expect(`# Sources

What each module of this folder reads. The addresses are those of what was newest on 2026-11-21 at 12:00 UTC. A test writes and
checks the table (\`npx vitest run --project unit src/domains/grid/sources/sources-table.test.ts -u\`): change the modules.

| Source | Data | Cadence | Licence | Unit | Time | Sign |
| --- | --- | --- | --- | --- | --- | --- |
${rows.map((row) => `| ${row} |`).join("\n")}
`).toMatchFileSnapshot("./README.md");
});
