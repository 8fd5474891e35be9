import type { Metadata } from "next";
import Link from "next/link";
import { type Activity, ActivityQuery, activityWords } from "#domains/accounts/index.ts";
import { listActivity } from "#domains/accounts/server.ts";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { formatDateTime } from "#lib/format-time.ts";
import { pageHref } from "#lib/page-href.ts";
import type { Member } from "#platform/auth/principal.ts";
import { DataTable } from "#ui/data-table.tsx";
import { Filter, FilterForm } from "#ui/filter-form.tsx";
import { Input } from "#ui/input.tsx";
import { Pager } from "#ui/pager.tsx";
import { Select } from "#ui/select.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import { queryOf, type PageQuery } from "#app/(account)/entrance.tsx";
import { OrganisationPage, OwnersOnly } from "#app/(account)/organisation/organisation-page.tsx";

export const metadata: Metadata = { title: "Activity", robots: { index: false } };

const path = "/organisation/activity";
const wordsOf = new Map<string, string>(Object.entries(activityWords));

export default function Page({ searchParams }: { searchParams: PageQuery }) {
  return (
    <OrganisationPage href={path} help={<HelpButton id="organisations" />}>
      {async (member) => (member.role === "owner" ? list(member, await queryOf(searchParams)) : <OwnersOnly>Owners see who did what in the organisation, and when.</OwnersOnly>)}
    </OrganisationPage>
  );
}

async function list(member: Member, query: (name: string) => string | undefined) {
  const given = (name: string) => query(name) || undefined;
  const filters = { action: given("action"), actor: given("actor"), from: given("from"), to: given("to") };
  const asked = ActivityQuery.safeParse({ ...filters, cursor: given("cursor") });
  const active = Object.values(filters).some((value) => value !== undefined);
  const page = asked.success ? await listActivity(member, asked.data) : null;
  return (
    <>
      <FilterForm key={JSON.stringify(filters)} path={path} label="Filter the activity" active={active}>
        <Filter label="Action">
          <Select name="action" defaultValue={filters.action ?? ""}>
            <option value="">All</option>
            {Object.entries(activityWords).map(([action, words]) => (
              <option key={action} value={action}>
                {words}
              </option>
            ))}
          </Select>
        </Filter>
        <Filter label="From">
          <Input type="date" name="from" defaultValue={filters.from} />
        </Filter>
        <Filter label="To">
          <Input type="date" name="to" defaultValue={filters.to} />
        </Filter>
        {filters.actor !== undefined && <input type="hidden" name="actor" value={filters.actor} />}
      </FilterForm>
      {page === null ? (
        <StateMessage kind="error" title="These filters can’t be used">Clear them, or choose others.</StateMessage>
      ) : page.activity.length === 0 ? (
        <StateMessage kind="empty" title="Nothing was done">{active ? "No action fits these filters." : "Actions of members and keys will be listed here."}</StateMessage>
      ) : (
        <DataTable
          caption="What was done, the newest first"
          rows={page.activity}
          keyOf={({ id }) => id}
          columns={[
            { label: "When", cell: ({ at }) => <span className="font-regular whitespace-nowrap">{formatDateTime(at)}</span> },
            {
              label: "Who",
              cell: ({ actor }) =>
                actor.id === null || actor.id === filters.actor ? actorName(actor) : <Link href={pageHref(path, { ...filters, actor: actor.id })} title="Only what they did" className="touch-area">{actorName(actor)}</Link>,
            },
            { label: "What", cell: whatOf },
            { label: "Change", cell: ({ before, after }) => <Change before={before} after={after} /> },
          ]}
        />
      )}
      <Pager path={path} query={filters} cursor={given("cursor")} next={page?.nextCursor ?? null} />
    </>
  );
}

function actorName({ kind, id, name }: Activity["actor"]): string {
  if (name !== null) return name;
  if (kind === "admin") return "An administrator of Tieline";
  if (kind === "api_key") return "An API key";
  if (kind === "service_role") return "Tieline";
  return id === null ? "Somebody" : `Former member ${id.slice(0, 8)}`;
}

function whatOf({ action, target, targetName, actor }: Activity): string {
  const words = wordsOf.get(action) ?? action;
  const about = action.startsWith("member.") && target !== actor.id ? ` ${targetName ?? `former member ${target.slice(0, 8)}`}` : "";
  return `${words}${about}`;
}

function Change({ before, after }: Pick<Activity, "before" | "after">) {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
  return (
    <ul className="text-13">
      {names.map((name) => (
        <li key={name} className="break-words">
          {name}: {[before?.[name], after?.[name]].filter((value) => value !== undefined).map(text).join(" → ")}
        </li>
      ))}
    </ul>
  );
}
