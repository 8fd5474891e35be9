import type { Metadata } from "next";
import { sources } from "#domains/grid/server.ts";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { ConsentQuery } from "#domains/llm/index.ts";
import { listConsents, listGovernedDatasets } from "#domains/llm/server.ts";
import { hasAdminRole } from "#platform/auth/principal.ts";
import { Card } from "#ui/card.tsx";
import { Choice } from "#ui/choice.tsx";
import { Filter, FilterForm } from "#ui/filter-form.tsx";
import { Input } from "#ui/input.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Pager } from "#ui/pager.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import { ConsentTable } from "#app/admin/(console)/llm/consents/consent-table.tsx";
import { stateWords } from "#app/admin/(console)/llm/consents/consent-words.ts";
import { DatasetTable } from "#app/admin/(console)/llm/consents/dataset-table.tsx";
import { GovernDataset } from "#app/admin/(console)/llm/consents/govern-dataset.tsx";
import { consolePlaces } from "#app/admin/console-places.ts";
import { readListFilters, type SearchParams } from "#app/read-filters.ts";
import { RefusedFilters } from "#app/refused-filters.tsx";
import { requireAdmin } from "#app/admin/require-admin.ts";

const { label, href } = consolePlaces.consents;

export const metadata: Metadata = { title: label };

export default async function ConsentsPage({ searchParams }: { searchParams: SearchParams }) {
  const { principal } = await requireAdmin();
  const { query, given, cursor, refused } = readListFilters(ConsentQuery, await searchParams);
  const [datasets, { items, nextCursor }] = await Promise.all([listGovernedDatasets(principal), listConsents(principal, query)]);
  const edits = hasAdminRole(principal.role, "admin");
  const choices = [{ id: "help", name: "Help entries" }, ...sources.map(({ id, name }) => ({ id, name }))].filter(({ id }) => datasets.every((dataset) => dataset.id !== id));
  return (
    <div className="mx-auto max-w-content">
      <PageHeader title={label} help={<HelpButton id="data-consents" />} actions={edits && <GovernDataset choices={choices} />} />
      <p className="mb-4 max-w-measure text-14 text-muted">
        What a people governs is read by a model only while a consent of its steward says so. Consents are asked for at each call, so a change acts on the next one.
      </p>
      <div className="grid gap-4">
        <Card id="datasets" title="Datasets under governance">
          {datasets.length === 0 ? (
            <StateMessage kind="empty" title="No dataset is under governance">
              A dataset that is put under governance is kept from models until its steward’s consent is recorded.
            </StateMessage>
          ) : (
            <DatasetTable datasets={datasets} edits={edits} />
          )}
        </Card>
        <Card id="consents" title="Consents">
          <FilterForm path={href} label="Consents" active={Object.keys(given).length > 0}>
            <Filter label="Dataset (id)" className="w-52">
              <Input name="dataset" defaultValue={given.dataset} maxLength={200} />
            </Filter>
            <Filter label="State" className="w-40">
              <Choice name="state" value={given.state} all="Any" names={stateWords} />
            </Filter>
          </FilterForm>
          <RefusedFilters names={refused} />
          {items.length === 0 ? (
            <StateMessage kind="empty" title={Object.keys(given).length === 0 ? "No consent is on record" : "No consent that all these filters fit"}>
              What stewards decided about their data is listed here, with where the decision is on paper.
            </StateMessage>
          ) : (
            <ConsentTable consents={items} edits={edits} />
          )}
          <Pager path={href} query={given} cursor={cursor} next={nextCursor} />
        </Card>
      </div>
    </div>
  );
}
