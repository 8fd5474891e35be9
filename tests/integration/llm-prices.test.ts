import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importPrices, removeImportedPrices, seedPrices } from "#domains/llm/server.ts";
import { costOf, forgetPrices, mostItCanCost } from "#domains/llm/prices/prices.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { compareCosts } from "../evaluations/cost-reference.ts";

describe.each(engines)("prices on the %s engine", (engine) => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await openTestDatabase(engine);
    forgetPrices();
    expect(await seedPrices()).toMatchObject({ unchanged: 0, removed: 0 });
  });
  afterAll(async () => {
    forgetPrices();
    await opened.close();
  });
  const header = "provider,model,effective_from,effective_to,tier_above,service,tier,input,output,source,as_of,note";
  const cost = async (model: string) => (await costOf({ provider: "openai", model, usage: { input: 1_000_000 }, serviceTier: null, at: new Date("2026-11-21T00:00:00Z") })).costUsd;

  test("every price of the catalogue charges what SQL's numeric says, to the last digit", async () => {
    const { prices, questions, priced, differences } = await compareCosts();
    expect(differences.slice(0, 3)).toEqual([]);
    expect(prices).toBeGreaterThan(70);
    expect(priced).toBeGreaterThan(questions / 5);
  });

  test("the same catalogue again changes nothing", async () => expect(await seedPrices()).toMatchObject({ written: 0, removed: 0 }));

  test("an imported price goes before the checked-in one, the next import takes its place, and what it was stays for old calls", async () => {
    expect(await cost("gpt-4o")).toBe("2.5");
    expect(await importPrices(`${header}\nopenai,gpt-4o,,,,standard,0,3,12,a contract,2026-11-01,\nopenai,our-own,,,,standard,0,0.01,0.02,a contract,2026-11-01,`)).toEqual({ written: 2, unchanged: 0, removed: 0 });
    expect([await cost("gpt-4o"), await cost("our-own")]).toEqual(["3", "0.01"]);
    expect(await mostItCanCost({ provider: "openai", model: "our-own", inputBytes: 488, maxOutputTokens: 1_000 })).toBe("0.00003");
    expect(await importPrices(`${header}\nopenai,gpt-4o,,,,standard,0,2,8,a contract,2026-11-02,`)).toEqual({ written: 1, unchanged: 0, removed: 1 });
    expect([await cost("gpt-4o"), await cost("our-own")]).toEqual(["2", "0.01"]);
    expect(await inspect("select count(*)::int as n, count(replaced_at)::int as replaced from app.llm_prices where model = 'gpt-4o' and origin = 'imported'")).toEqual([{ n: 2, replaced: 1 }]);
    expect(await seedPrices()).toMatchObject({ written: 0, removed: 0 });
    expect(await cost("gpt-4o")).toBe("2");
  });

  test.each([["a thousandth", "0.0004,0.0016"], ["a thousand times", "400,1600"]])("%s of what the catalogue has is refused, also of a dated build and from a date on, unless it is meant; and it can be taken back", async (_, amounts) => {
    expect(await cost("gpt-4.1-mini")).toBe("0.4");
    const rows = (model: string, from = "") => `${header}\nopenai,${model},${from},,,standard,0,${amounts},a list,2026-11-01,`;
    await expect(importPrices(rows("gpt-4.1-mini"))).rejects.toThrow(/openai\/gpt-4.1-mini: standard input is .*50 times what the catalogue has \(0.4\).*--force openai\/gpt-4.1-mini/);
    await expect(importPrices(rows("gpt-4.1-mini", "2026-11-01"))).rejects.toThrow(/--force/);
    await expect(importPrices(rows("gpt-4.1-mini-2025-04-14"), ["openai/gpt-4o"])).rejects.toThrow(/--force openai\/gpt-4.1-mini-2025-04-14/);
    expect(await cost("gpt-4.1-mini")).toBe("0.4");
    expect(await importPrices(rows("gpt-4.1-mini"), ["openai/gpt-4.1-mini"])).toMatchObject({ written: 1 });
    expect(await cost("gpt-4.1-mini")).toBe(amounts.split(",")[0]);
    expect(await importPrices(`${header}\nopenai,gpt-4.1-mini,,,,standard,0,0.5,2,a list,2026-11-01,`)).toMatchObject({ written: 1, removed: 1 });
    expect([await removeImportedPrices("openai/gpt-4.1-mini"), await cost("gpt-4.1-mini"), await removeImportedPrices("openai/gpt-4.1-mini")]).toEqual([1, "0.4", 0]);
  });

  test("a file with one row that can't be right changes nothing", async () => {
    const before = await inspect("select version, replaced_at from app.llm_prices order by version");
    await expect(importPrices(`${header}\nopenai,new-one,,,,standard,0,1,2,a list,2026-11-01,\nopenai,gpt-5,,,,standard,0,1,0,a list,2026-11-01,`)).rejects.toThrow(/Line 3 \(gpt-5\): standard output is 0/);
    expect(await inspect("select version, replaced_at from app.llm_prices order by version")).toEqual(before);
  });

  test("the checked-in file is what importers write as well", async () => {
    expect(await importPrices(await readFile("supabase/seed/prices/models.csv", "utf8"))).toMatchObject({ unchanged: 0 });
  });
});
