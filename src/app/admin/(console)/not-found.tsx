import Link from "next/link";
import { PageHeader } from "#ui/page-header.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import { buttonClass } from "#ui/button.tsx";

export default function ConsoleNotFound() {
  return (
    <div className="mx-auto max-w-content">
      <PageHeader title="Not found" />
      <StateMessage
        kind="empty"
        title="There is nothing at this address"
        action={
          <Link href="/admin" className={buttonClass()}>
            To the console’s beginning
          </Link>
        }
      >
        It may have been deleted since the link to it was made.
      </StateMessage>
    </div>
  );
}
