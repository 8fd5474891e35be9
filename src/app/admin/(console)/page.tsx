import { redirect } from "next/navigation";
import { consolePlaces } from "#app/admin/console-places.ts";

/** The console opens with what is edited most. */
export default function ConsoleHome() {
  redirect(consolePlaces.help.href);
}
