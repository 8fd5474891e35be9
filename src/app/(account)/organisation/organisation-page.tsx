import Link from "next/link";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { CreateOrganisation } from "#domains/accounts/components/organisation-forms.tsx";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import type { Member } from "#platform/auth/principal.ts";
import { buttonClass } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { cx } from "#ui/class-names.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import { getViewer } from "#app/viewer.ts";

const places = [
  { href: "/organisation", label: "Organisation" },
  { href: "/organisation/keys", label: "API keys" },
  { href: "/organisation/activity", label: "Activity" },
] as const;
type Href = (typeof places)[number]["href"];

interface OrganisationPageProps {
  href: Href;
  help: ReactNode;
  /** What the page shows to a member. */
  children: (member: Member) => Promise<ReactNode>;
}

/** A page of the organisation that its reader works in; whoever has none is told how to come by one. */
export async function OrganisationPage({ href, help, children }: OrganisationPageProps) {
  const { principal, accountsAway } = await getViewer();
  if (principal.kind === "anonymous" && !accountsAway) redirect(`/login?next=${encodeURIComponent(href)}`);
  const member = principal.kind === "member" ? principal : null;
  return (
    <div className="mx-auto max-w-content">
      <PageHeader title={places.find((place) => place.href === href)?.label ?? ""} help={help} />
      {member && (
        <nav aria-label="Organisation" className="mb-4 flex flex-wrap gap-1">
          {places.map((place) => (
            <Link key={place.href} href={place.href} aria-current={place.href === href ? "page" : undefined} className={cx("flex h-control items-center rounded px-3 text-14 no-underline", place.href === href ? "bg-sunken font-strong text-text" : "text-muted hover:bg-sunken")}>
              {place.label}
            </Link>
          ))}
        </nav>
      )}
      {member ? await children(member) : principal.kind === "user" ? <NoOrganisation /> : <AccountsAway href={href} />}
    </div>
  );
}

function NoOrganisation() {
  return (
    <div className="grid max-w-[640px] gap-4">
      <StateMessage kind="empty" title="You don’t belong to an organisation yet">
        In an organisation you ask over documents of your own, share API keys and see what was done. Create one, or open the invitation that somebody sent you.
      </StateMessage>
      <Card id="create" title="Create an organisation" help={<HelpButton id="organisations" />}>
        <CreateOrganisation first />
      </Card>
    </div>
  );
}

function AccountsAway({ href }: { href: Href }) {
  return (
    <StateMessage kind="error" title="Your account can’t be reached at the moment" action={<a href={href} className={buttonClass("primary")}>Try again</a>}>
      Nothing was lost. Help, questions over public content and the system status work meanwhile.
    </StateMessage>
  );
}

/** Stands where owners would find what is theirs alone. */
export function OwnersOnly({ children }: { children: ReactNode }) {
  return (
    <StateMessage kind="forbidden" title="Only owners can do this">
      {children}
    </StateMessage>
  );
}
