import type { Metadata } from "next";
import { ConfirmLink } from "#domains/accounts/components/account-confirm.tsx";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { Entrance } from "#app/(account)/entrance.tsx";

export const metadata: Metadata = { title: "Confirm", robots: { index: false }, referrer: "no-referrer" };

export default function ConfirmPage() {
  return (
    <Entrance title="Confirm" help={<HelpButton id="sign-in-and-sessions" />}>
      <ConfirmLink />
    </Entrance>
  );
}
