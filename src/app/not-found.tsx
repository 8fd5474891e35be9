import type { Metadata } from "next";
import Link from "next/link";
import { buttonClass } from "#ui/button.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import { AppFrame } from "#app/app-frame.tsx";

export const metadata: Metadata = { title: "Page not found" };

export default function NotFound() {
  return (
    <AppFrame>
      <div className="mx-auto max-w-content">
        <PageHeader title="Page not found" />
        <div className="max-w-measure">
          <StateMessage
            kind="empty"
            title="There is no page at this address"
            action={
              <>
                <Link href="/" className={buttonClass("primary")}>
                  Go to the overview
                </Link>
                <Link href="/help" className={buttonClass()}>
                  Search help
                </Link>
              </>
            }
          >
            The address may be mistyped, or the page was moved.
          </StateMessage>
        </div>
      </div>
    </AppFrame>
  );
}
