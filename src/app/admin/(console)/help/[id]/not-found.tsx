import Link from "next/link";
import { buttonClass } from "#ui/button.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import { consolePlaces } from "#app/admin/console-places.ts";

export default function NoSuchEntry() {
  return (
    <div className="mx-auto max-w-content">
      <PageHeader title="No such entry" />
      <div className="max-w-measure">
        <StateMessage kind="empty" title="There is no help entry of this id" action={<Link href={consolePlaces.help.href} className={buttonClass()}>All entries</Link>}>
          Its address may be mistyped. Deleted entries are kept: choose the status Deleted in the list.
        </StateMessage>
      </div>
    </div>
  );
}
