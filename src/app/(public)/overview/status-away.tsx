import Link from "next/link";
import { buttonClass } from "#ui/button.tsx";
import { StateMessage } from "#ui/state-message.tsx";

/** Stands where the numbers would be. */
export function StatusAway() {
  return (
    <StateMessage
      kind="error"
      title="The grid’s numbers can’t be read"
      action={
        <Link href="/status" className={buttonClass()}>
          System status
        </Link>
      }
    >
      The database that holds them isn’t answering. Nothing is lost; load the page again in a minute.
    </StateMessage>
  );
}
