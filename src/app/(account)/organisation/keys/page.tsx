import type { Metadata } from "next";
import { CreateKey, KeyList } from "#domains/accounts/components/organisation-keys.tsx";
import { PageQuery } from "#domains/accounts/index.ts";
import { listKeys } from "#domains/accounts/server.ts";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import type { Member } from "#platform/auth/principal.ts";
import { Card } from "#ui/card.tsx";
import { Pager } from "#ui/pager.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import { firstPageOr, queryOf, type PageQuery as Query } from "#app/(account)/entrance.tsx";
import { OrganisationPage, OwnersOnly } from "#app/(account)/organisation/organisation-page.tsx";

export const metadata: Metadata = { title: "API keys", robots: { index: false } };

export default function Page({ searchParams }: { searchParams: Query }) {
  return (
    <OrganisationPage href="/organisation/keys" help={<HelpButton id="api-keys" />}>
      {(member) => cards(member, searchParams)}
    </OrganisationPage>
  );
}

async function cards(member: Member, searchParams: Query) {
  const cursor = (await queryOf(searchParams))("cursor");
  const { keys, nextCursor } = await listKeys(member, firstPageOr(PageQuery, { cursor }));
  const owner = member.role === "owner";
  return (
    <div className="grid gap-4">
      <Card id="create" title="Create a key">
        {owner ? <div className="pt-2"><CreateKey /></div> : <OwnersOnly>Owners create and revoke keys. You see which ones there are.</OwnersOnly>}
      </Card>
      <Card id="keys" title="Keys">
        {keys.length === 0 ? (
          <StateMessage kind="empty" title="There are no API keys">
            With a key, a program of yours asks over public content and your organisation’s documents.
          </StateMessage>
        ) : (
          <KeyList keys={keys} owner={owner} />
        )}
        <Pager path="/organisation/keys" query={{}} cursor={cursor} next={nextCursor} />
      </Card>
    </div>
  );
}
