import { csvRow } from "#lib/csv.ts";
import { ConsultationQuery, IncidentQuery, MitigationQuery, ThreatModelQuery, type DatedConsultation, type Incident, type LinkedThreatModel, type MitigationStrategy, type PublicSource } from "./schema.ts";
import { listConsultations, listIncidents, listMitigations, listThreatModels } from "./service.ts";

type Columns<Row> = Record<string, (row: Row) => string | number | null>;

/** Several values in one cell. */
const joined = (values: readonly string[]) => values.join("; ");
const sourcesOf = ({ sources }: { sources: PublicSource[] }) => joined(sources.map(({ publisher, title, url, date }) => `${publisher}: ${title} (${date}) ${url}`));

const incidentColumns: Columns<Incident> = {
  id: ({ id }) => id, title: ({ title }) => title, kind: ({ kind }) => kind, started: ({ started }) => started, ended: ({ ended }) => ended, regions: ({ regions }) => joined(regions),
  place: ({ place }) => place, summary: ({ summary }) => summary, consequence: ({ consequence }) => consequence, lost_mw: ({ lostMw }) => lostMw, customers: ({ customers }) => customers,
  techniques: ({ techniques }) => joined(techniques), sources: sourcesOf,
};
const threatModelColumns: Columns<LinkedThreatModel> = {
  id: ({ id }) => id, name: ({ name }) => name, tactics: ({ tactics }) => joined(tactics), meaning: ({ meaning }) => meaning, assets: ({ assets }) => joined(assets),
  likelihood: ({ likelihood }) => likelihood, impact: ({ impact }) => impact, basis: ({ basis }) => basis, mitigations: ({ mitigations }) => joined(mitigations),
  incidents: ({ incidents }) => joined(incidents), sources: sourcesOf,
};
const mitigationColumns: Columns<MitigationStrategy> = {
  id: ({ id }) => id, standard: ({ standard }) => standard, name: ({ name }) => name, summary: ({ summary }) => summary, topics: ({ topics }) => joined(topics),
  techniques: ({ techniques }) => joined(techniques), related: ({ related }) => joined(related), sources: sourcesOf,
};
const consultationColumns: Columns<DatedConsultation> = {
  id: ({ id }) => id, title: ({ title }) => title, body: ({ body }) => body, regions: ({ regions }) => joined(regions), opens: ({ opens }) => opens, closes: ({ closes }) => closes,
  status: ({ status }) => status, summary: ({ summary }) => summary, outcome: ({ outcome }) => outcome, url: ({ url }) => url,
  indigenous_governance: ({ indigenousGovernance }) => indigenousGovernance, sources: sourcesOf,
};

/** A page of rows, and where the next one begins. */
interface Page<Row> {
  rows: Row[];
  nextCursor: string | null;
}

/** Writes a list to its end as CSV, from the cursor on where one is given; `limit` is how much is read at a time. */
async function* csvOf<Row>(columns: Columns<Row>, first: Page<Row>, following: (cursor: string) => Promise<Page<Row>>): AsyncGenerator<string, void> {
  yield csvRow(Object.keys(columns));
  const cells = Object.values(columns);
  for (let page = first; ; page = await following(page.nextCursor)) {
    yield page.rows.map((row) => csvRow(cells.map((cell) => cell(row)))).join("");
    if (page.nextCursor === null) return;
  }
}

export async function writeIncidents(query: IncidentQuery): Promise<AsyncGenerator<string, void>> {
  const read = async (asked: IncidentQuery) => { const { incidents: rows, nextCursor } = await listIncidents(asked); return { rows, nextCursor }; };
  return csvOf(incidentColumns, await read(query), (cursor) => read({ ...query, cursor: IncidentQuery.shape.cursor.parse(cursor) }));
}

export async function writeThreatModels(query: ThreatModelQuery): Promise<AsyncGenerator<string, void>> {
  const read = async (asked: ThreatModelQuery) => { const { threatModels: rows, nextCursor } = await listThreatModels(asked); return { rows, nextCursor }; };
  return csvOf(threatModelColumns, await read(query), (cursor) => read({ ...query, cursor: ThreatModelQuery.shape.cursor.parse(cursor) }));
}

export async function writeMitigations(query: MitigationQuery): Promise<AsyncGenerator<string, void>> {
  const read = async (asked: MitigationQuery) => { const { mitigationStrategies: rows, nextCursor } = await listMitigations(asked); return { rows, nextCursor }; };
  return csvOf(mitigationColumns, await read(query), (cursor) => read({ ...query, cursor: MitigationQuery.shape.cursor.parse(cursor) }));
}

export async function writeConsultations(query: ConsultationQuery): Promise<AsyncGenerator<string, void>> {
  const read = async (asked: ConsultationQuery) => { const { consultations: rows, nextCursor } = await listConsultations(asked); return { rows, nextCursor }; };
  return csvOf(consultationColumns, await read(query), (cursor) => read({ ...query, cursor: ConsultationQuery.shape.cursor.parse(cursor) }));
}
