import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GET as getConsultations } from "#app/api/consultations/route.ts";
import { GET as getIncidents } from "#app/api/security/incidents/route.ts";
import { GET as getMitigations } from "#app/api/security/mitigation-strategies/route.ts";
import { GET as getThreatModels } from "#app/api/security/threat-models/route.ts";
import { ConsultationPage, IncidentPage, MitigationPage, ThreatModelPage } from "#domains/resilience/index.ts";
import { listConsultations, seedResilience } from "#domains/resilience/server.ts";
import { anonymous, system } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import type { RouteHandler } from "#platform/http/operation.ts";
import { call, captureLog } from "../support/http.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";

const get = (handler: RouteHandler, path: string) => async (query = "", headers: Record<string, string> = {}) => call(handler, `${path}${query}`, { headers });
const incidentsAt = get(getIncidents, "/api/security/incidents");
const incidents = async (query = "") => IncidentPage.parse(await (await incidentsAt(query)).json());
const threatModelsAt = get(getThreatModels, "/api/security/threat-models");
const threatModels = async (query = "") => ThreatModelPage.parse(await (await threatModelsAt(query)).json());
const mitigationsAt = get(getMitigations, "/api/security/mitigation-strategies");
const mitigations = async (query = "") => MitigationPage.parse(await (await mitigationsAt(query)).json());
const consultationsAt = get(getConsultations, "/api/consultations");
const consultations = async (query = "") => ConsultationPage.parse(await (await consultationsAt(query)).json());

const refused = async (response: Response) => [response.status, ((await response.json()) as { errors?: { path: string }[] }).errors?.map(({ path }) => path)];

describe.each(engines)("the resilience record on the %s engine", (engine) => {
  let opened: TestDatabase;
  let written: number;
  beforeAll(async () => {
    opened = await openTestDatabase(engine);
    written = (await seedResilience()).written;
  });
  afterAll(() => opened.close());

  describe("GET /api/security/incidents", () => {
    test("lists what is checked in, the newest first, each with its sources", async () => {
      const { incidents: rows, nextCursor } = await incidents();
      expect(rows.length).toBeGreaterThanOrEqual(20);
      expect(nextCursor).toBeNull();
      expect(rows.map(({ started }) => started)).toEqual(rows.map(({ started }) => started).toSorted().reverse());
      expect(rows.every(({ sources }) => sources.length > 0 && sources.every(({ url }) => url.startsWith("https://")))).toBe(true);
    });

    test("pages through all of them by cursor, none twice", async () => {
      const whole = (await incidents()).incidents.map(({ id }) => id);
      const paged: string[] = [];
      for (let cursor: string | null = ""; cursor !== null; ) {
        const page: IncidentPage = await incidents(`?limit=7${cursor && `&cursor=${cursor}`}`);
        paged.push(...page.incidents.map(({ id }) => id));
        cursor = page.nextCursor;
      }
      expect(paged).toEqual(whole);
    });

    test("narrows by region, a country taking in its provinces", async () => {
      const inCanada = (await incidents("?region=CA")).incidents;
      expect(inCanada.every(({ regions }) => regions.some((region) => region.startsWith("CA")))).toBe(true);
      const inQuebec = (await incidents("?region=CA-QC")).incidents.map(({ id }) => id);
      expect(inQuebec).toContain("hydro-quebec-geomagnetic-storm-1989");
      expect(inQuebec).not.toContain("bc-windstorm-2018");
      expect(inQuebec.length).toBeLessThan(inCanada.length);
    });

    test.each([
      ["?kind=physical", ["hydro-quebec-line-sabotage-2014", "metcalf-substation-2013", "moore-county-2022"]],
      ["?technique=T0836", ["industroyer2-2022"]],
      ["?tactic=privilege-escalation", ["triton-2017"]],
      ["?from=1998-01-10&to=2003-08-13", ["ice-storm-1998"]],
      ["?q=quebec%20GEOMAGNETIC", ["hydro-quebec-geomagnetic-storm-1989"]],
      ["?q=%25", null],
      ["?q=zyzzyva", []],
    ])("narrows by %s", async (query, ids) => {
      const found = (await incidents(query)).incidents.map(({ id }) => id).toSorted();
      expect(found).toEqual(ids ?? (await incidents()).incidents.map(({ id }) => id).toSorted());
    });

    test.each([
      ["?kind=gossip", "query.kind"],
      ["?region=Canada", "query.region"],
      ["?technique=T1059", "query.technique"],
      ["?from=2024-02-30", "query.from"],
      ["?limit=0", "query.limit"],
      ["?limit=201", "query.limit"],
      ["?cursor=x", "query.cursor"],
      ["?cursor=WyJub3QgYSBkYXRlIiwiYSJd", "query.cursor"],
      ["?q=%00", "query.q"],
    ])("refuses %s", async (query, path) => {
      const [status, paths] = await refused(await incidentsAt(query));
      expect(status).toBe(400);
      expect(paths?.toString()).toContain(path.replace("query.", ""));
    });

    test("answers a revalidation with 304, and another query with all of it", async () => {
      const etag = (await incidentsAt("?kind=cyber")).headers.get("etag") ?? "";
      const again = await incidentsAt("?kind=cyber", { "if-none-match": etag });
      expect([again.status, await again.text()]).toEqual([304, ""]);
      expect((await incidentsAt("?kind=physical", { "if-none-match": etag })).status).toBe(200);
    });
  });

  describe("GET /api/security/threat-models", () => {
    test("lists techniques with the strategies against each and the incidents it was seen in", async () => {
      const { threatModels: rows, attribution } = await threatModels("?technique=T0855");
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatchObject({ name: "Unauthorized Command Message", tactics: ["impair-process-control"], likelihood: "high", impact: "high" });
      expect(rows[0]?.incidents).toEqual(["ukraine-2022", "industroyer2-2022", "ukraine-2016", "ukraine-2015"]);
      expect(rows[0]?.mitigations).toEqual(expect.arrayContaining(["CIP-005", "M0802"]));
      expect(attribution).toContain("MITRE");
    });

    test("narrows by tactic, strategy and words", async () => {
      const { threatModels: ofTactic } = await threatModels("?tactic=discovery");
      expect(ofTactic.map(({ id }) => id)).toEqual(["T0842", "T0846"]);
      expect((await threatModels("?mitigation=M0917")).threatModels.map(({ id }) => id)).toEqual(["T0865"]);
      expect((await threatModels("?q=relay%20firmware")).threatModels.map(({ id }) => id)).toContain("T0800");
      expect((await threatModelsAt("?tactic=reconnaissance")).status).toBe(400);
    });

    test("pages by id", async () => {
      const first = await threatModels("?limit=10");
      const second = await threatModels(`?limit=10&cursor=${first.nextCursor}`);
      expect(first.threatModels.at(-1)?.id.localeCompare(second.threatModels[0]?.id ?? "")).toBe(-1);
    });
  });

  describe("GET /api/security/mitigation-strategies", () => {
    test("lists ATT&CK's and NERC's, which know each other", async () => {
      const { mitigationStrategies: cip } = await mitigations("?standard=nerc-cip");
      expect(cip.map(({ id }) => id)).toEqual(Array.from({ length: 14 }, (_, index) => `CIP-${String(index + 2).padStart(3, "0")}`));
      expect(cip.find(({ id }) => id === "CIP-013")).toMatchObject({ name: "Supply Chain Risk Management", related: expect.arrayContaining(["M0817"]) });
      const { mitigationStrategies: attack } = await mitigations("?standard=attack-ics&technique=T0862");
      expect(attack.map(({ id }) => id)).toEqual(expect.arrayContaining(["M0817", "M0945"]));
      expect((await mitigations("?tactic=discovery&q=allowlists")).mitigationStrategies.map(({ id }) => id)).toEqual(["M0807"]);
      expect((await mitigationsAt("?standard=iso")).status).toBe(400);
    });
  });

  describe("GET /api/consultations", () => {
    test("lists them, the one that opened last first, with what sources say of Indigenous governance", async () => {
      const { consultations: rows } = await consultations();
      expect(rows.length).toBeGreaterThanOrEqual(12);
      expect(rows.map(({ opens }) => opens)).toEqual(rows.map(({ opens }) => opens).toSorted().reverse());
      expect(rows.find(({ id }) => id === "bcuc-indigenous-utilities-inquiry-2019")?.indigenousGovernance).toContain("Indigenous authority");
      expect(rows.find(({ id }) => id === "clean-electricity-regulations-draft-2023")).toMatchObject({ status: "closed", closes: "2023-11-02", indigenousGovernance: null });
    });

    test.each([
      ["2023-08-19T04:59:59Z", "upcoming"],
      ["2023-08-19T05:00:00Z", "open"],
      ["2023-11-03T04:59:59Z", "open"],
      ["2023-11-03T05:00:00Z", "closed"],
    ] as const)("judges at %s by the dates, in Eastern Standard Time: %s", async (now, status) => {
      const { consultations: rows } = await listConsultations({ status, limit: 200 }, new Date(now));
      expect(rows.find(({ id }) => id === "clean-electricity-regulations-draft-2023")?.status).toBe(status);
      expect(rows.every((row) => row.status === status)).toBe(true);
    });

    test("narrows by region, dates and words, and refuses what is none", async () => {
      expect((await consultations("?region=CA-AB&from=2026-01-01")).consultations.map(({ id }) => id)).toEqual(["aeso-large-load-byog-2026"]);
      expect((await consultations("?to=2013-12-31")).consultations.map(({ id }) => id)).toEqual(["ontario-long-term-energy-plan-2013"]);
      expect((await consultations("?q=energies%20propres")).consultations.map(({ id }) => id)).toEqual(["quebec-clean-energy-framework-2023"]);
      for (const query of ["?status=ajar", "?from=yesterday", "?body=x"]) expect((await consultationsAt(query)).status).toBe(400);
    });
  });

  test.each([
    ["incidents", incidentsAt, "id,title,kind,started,ended,regions,place,summary,consequence,lost_mw,customers,techniques,sources"],
    ["threat models", threatModelsAt, "id,name,tactics,meaning,assets,likelihood,impact,basis,mitigations,incidents,sources"],
    ["mitigation strategies", mitigationsAt, "id,standard,name,summary,topics,techniques,related,sources"],
    ["consultations", consultationsAt, "id,title,body,regions,opens,closes,status,summary,outcome,url,indigenous_governance,sources"],
  ] as const)("%s come as CSV to their end, however little is read at a time", async (_, at, header) => {
    const response = await at("?format=csv&limit=7");
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/csv; charset=utf-8"]);
    expect(response.headers.get("content-disposition")).toMatch(/^attachment; filename="tieline-[a-z-]+\.csv"$/);
    const text = await response.text();
    expect(text.slice(0, text.indexOf("\r\n"))).toBe(header);
    expect(text).toBe(await (await at("?format=csv&limit=200")).text());
    expect(text.split("\r\n").length).toBeGreaterThan(14);
    expect((await at("?format=xml")).status).toBe(400);
  });

  test("a CSV keeps to its filters, and says nothing where nothing is stated", async () => {
    const rows = (await (await incidentsAt("?format=csv&kind=physical&region=CA")).text()).split("\r\n");
    expect(rows).toHaveLength(3);
    expect(rows[1]).toMatch(/^hydro-quebec-line-sabotage-2014,.*,physical,2014-12-04,,CA-QC,.*,,188000,,/);
  });

  describe("the seed", () => {
    const change = (statement: string) => inspect(statement);

    test("writes nothing where nothing has changed", async () => {
      expect(written).toBeGreaterThan(80);
      expect(await seedResilience({ removeMissing: true })).toEqual({ written: 0, unchanged: written, removed: 0 });
    });

    test("writes what was seeded from another text, and nothing else", async () => {
      await change("update app.security_incidents set title = 'Old', seeded_hash = 'old' where id = 'ukraine-2015'");
      const etag = (await incidentsAt()).headers.get("etag");
      expect(await seedResilience()).toMatchObject({ written: 1, removed: 0 });
      expect((await incidents("?q=three%20distribution")).incidents[0]?.title).toBe("Attack on three Ukrainian distribution companies");
      expect((await incidentsAt()).headers.get("etag")).not.toBe(etag);
    });

    test("removes what is no longer checked in only when it is told to", async () => {
      await change("insert into app.threat_models select 'T0999', name, tactics, meaning, assets, likelihood, impact, basis, sources, search_text, seeded_hash from app.threat_models limit 1");
      expect(await seedResilience()).toMatchObject({ removed: 0 });
      expect(await seedResilience({ removeMissing: true })).toMatchObject({ written: 0, removed: 1 });
    });

    test("runs twice at once", async () => {
      await change("delete from app.consultation_events");
      await Promise.all([seedResilience(), seedResilience()]);
      expect((await consultations()).consultations.length).toBeGreaterThanOrEqual(12);
    });
  });

  test("everybody may read the tables and their views, and only the service writes", async () => {
    for (const table of ["security_incidents", "threat_models", "mitigation_strategies", "consultation_events"]) {
      const seen = await db.as(anonymous, async (tx) => ({
        own: await tx.selectFrom(`app.${table}` as "app.threat_models").select("id").execute(),
        view: await tx.selectFrom(`public.${table}` as never).selectAll().execute(),
      }));
      expect(seen.view).toHaveLength(seen.own.length);
      await expect(db.as(anonymous, (tx) => tx.deleteFrom(`app.${table}` as "app.threat_models").execute())).rejects.toMatchObject({ code: "42501" });
    }
    expect(await db.as(system("test"), (tx) => tx.selectFrom("app.threat_models").select("id").limit(1).execute())).toHaveLength(1);
  });

  test("a list costs one statement, and two units of work with its version", async () => {
    const lines = captureLog();
    await incidentsAt("?kind=cyber");
    expect(lines.at(-1)).toMatchObject({ unitsOfWork: 2 });
  });
});
