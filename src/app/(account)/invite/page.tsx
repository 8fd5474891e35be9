import type { Metadata } from "next";
import { InvitationCard } from "#domains/accounts/components/invitation-card.tsx";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { Entrance } from "#app/(account)/entrance.tsx";
import { getViewer } from "#app/viewer.ts";

export const metadata: Metadata = { title: "Invitation", robots: { index: false } };

export default async function InvitePage() {
  const { principal } = await getViewer();
  const signedIn = principal.kind === "user" || principal.kind === "member";
  return (
    <Entrance title="Invitation" help={<HelpButton id="organisations" />}>
      <InvitationCard signedIn={signedIn} />
      <noscript>
        <p className="text-14">This page needs JavaScript: the secret of the link stands where only your browser reads it.</p>
      </noscript>
    </Entrance>
  );
}
