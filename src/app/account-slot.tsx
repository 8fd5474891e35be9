import { AccountMenu } from "#domains/accounts/components/account-menu.tsx";
import { findPerson } from "#domains/accounts/server.ts";
import { isAppError } from "#lib/errors.ts";
import { getViewer } from "#app/viewer.ts";

/** Who is signed in, for the foot of the navigation. */
export async function AccountSlot() {
  const { principal } = await getViewer();
  if (principal.kind !== "user" && principal.kind !== "member") return <AccountMenu person={null} />;
  const person = await findPerson(principal).catch((error: unknown) => {
    if (isAppError(error)) return null;
    throw error;
  });
  return <AccountMenu person={person ?? { email: "Account", name: "" }} />;
}
