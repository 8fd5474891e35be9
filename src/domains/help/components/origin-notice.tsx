import { StateMessage } from "#ui/state-message.tsx";
import type { HelpOrigin } from "#domains/help/schema.ts";

/** Says what it means when help comes from the copy that ships with this version. */
export function OriginNotice({ origin }: { origin: HelpOrigin }) {
  if (origin === "database") return null;
  return (
    <div className="mb-4 max-w-measure">
      <StateMessage kind="partial" title="The database isn’t answering">
        This text comes from the copy that ships with this version. Changes made since then are missing, and search and feedback
        wait until the database is back.
      </StateMessage>
    </div>
  );
}
