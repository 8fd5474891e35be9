import Download from "lucide-react/icons/download";
import type { Metadata } from "next";
import { CreateOrganisation, DeleteOrganisation, OrganisationSwitcher, RenameOrganisation } from "#domains/accounts/components/organisation-forms.tsx";
import { InvitationList, InviteForm } from "#domains/accounts/components/organisation-invitations.tsx";
import { MemberList } from "#domains/accounts/components/organisation-members.tsx";
import { getActiveOrganisation, listInvitations, listJoinedOrganisations, listMembers } from "#domains/accounts/server.ts";
import { MemberQuery, PageQuery } from "#domains/accounts/index.ts";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { formatDate } from "#lib/format-time.ts";
import type { Member } from "#platform/auth/principal.ts";
import { buttonClass } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { Pager } from "#ui/pager.tsx";
import { firstPageOr, queryOf, type PageQuery as Query } from "#app/(account)/entrance.tsx";
import { OrganisationPage, OwnersOnly } from "#app/(account)/organisation/organisation-page.tsx";

export const metadata: Metadata = { title: "Organisation", robots: { index: false } };

export default function Page({ searchParams }: { searchParams: Query }) {
  return (
    <OrganisationPage href="/organisation" help={<HelpButton id="organisations" />}>
      {(member) => cards(member, searchParams)}
    </OrganisationPage>
  );
}

async function cards(member: Member, searchParams: Query) {
  const query = await queryOf(searchParams);
  const [cursor, older] = [query("cursor"), query("invitations")];
  const owner = member.role === "owner";
  const [organisation, joined, { members, nextCursor }, invited] = await Promise.all([
    getActiveOrganisation(member), listJoinedOrganisations(member), listMembers(member, firstPageOr(MemberQuery, { cursor })), owner ? listInvitations(member, firstPageOr(PageQuery, { cursor: older, limit: 20 })) : null,
  ]);
  const { name, counts, createdAt } = organisation;
  return (
    <div className="grid gap-4">
      <Card id="about" title={name} aside={`Since ${formatDate(createdAt)}`}>
        {owner ? <div className="pt-2"><RenameOrganisation name={name} /></div> : <p className="text-14">You are a member. Owners change its name, its members and its keys.</p>}
      </Card>
      <Card id="members" title="Members" aside={`${counts.members}, ${counts.owners === 1 ? "one owner" : `${counts.owners} owners`}`}>
        <MemberList members={members} organisation={name} owner={owner} />
        <Pager label="Pages of members" path="/organisation" query={{ invitations: older }} cursor={cursor} next={nextCursor} />
      </Card>
      <Card id="invitations" title="Invitations">
        {invited ? (
          <div className="grid gap-4 pt-2">
            <InviteForm />
            <div>
              <InvitationList invitations={invited.invitations} />
              <Pager label="Pages of invitations" name="invitations" path="/organisation" query={{ cursor }} cursor={older} next={invited.nextCursor} />
            </div>
          </div>
        ) : (
          <OwnersOnly>Ask an owner to invite somebody: owners make the links, and see who was invited.</OwnersOnly>
        )}
      </Card>
      <Card id="switch" title="Your organisations">
        <div className="grid gap-4">
          <OrganisationSwitcher organisations={joined} />
          <CreateOrganisation />
        </div>
      </Card>
      {owner && (
        <>
          <Card id="data" title="The organisation’s data">
            <p className="mb-3 text-14 leading-body">Documents, answers, members, keys without their secrets, and activity, as newline-delimited JSON. The last line says how many rows there are; without it the file isn’t whole.</p>
            <a href="/api/organisation/export" download className={buttonClass()}>
              <Download />
              Download
            </a>
          </Card>
          <Card id="danger" title="Delete the organisation" className="border-bad">
            <DeleteOrganisation name={name} members={counts.members} />
          </Card>
        </>
      )}
    </div>
  );
}
