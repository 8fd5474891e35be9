import type { Metadata } from "next";
import Link from "next/link";
import { ResetForm } from "#domains/accounts/components/account-reset-form.tsx";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { Entrance } from "#app/(account)/entrance.tsx";

export const metadata: Metadata = { title: "Reset the password", robots: { index: false } };

export default function ResetPasswordPage() {
  return (
    <Entrance title="Reset the password" help={<HelpButton id="sign-in-and-sessions" />}>
      <ResetForm />
      <p className="text-14 text-muted">
        Remember it after all? <Link href="/login">Log in</Link>
      </p>
    </Entrance>
  );
}
