import { AccountMenu } from "#domains/accounts/components/account-menu.tsx";
import { OrganisationLink } from "#domains/accounts/components/organisation-link.tsx";
import { findOrganisationName, findPerson } from "#domains/accounts/server.ts";
import { isAppError } from "#lib/errors.ts";
import { getViewer } from "#app/viewer.ts";

/** Who is signed in, for the foot of the navigation. */
export async function AccountSlot() {
  const { principal } = await getViewer();
  if (principal.kind !== "user" && principal.kind !== "member") return <AccountMenu person={null} />;
  const nothing = (error: unknown) => {
    if (isAppError(error)) return null;
    throw error;
  };
  const [person, organisation] = await Promise.all([
    findPerson(principal).catch(nothing), principal.kind === "member" ? findOrganisationName(principal).catch(nothing) : null,
  ]);
  return <AccountMenu person={person ?? { email: "Account", name: "" }} organisation={<OrganisationLink name={organisation} />} />;
}
