import Link from "next/link";
import { pageHref } from "#lib/page-href.ts";
import { buttonClass } from "#ui/button.tsx";

interface PagerProps {
  /** Names it where a page has several. */
  label?: string;
  /** The parameter of the address that holds the cursor. */
  name?: string;
  path: string;
  /** The filters in use, which the links keep. */
  query: Readonly<Record<string, string | number | undefined>>;
  /** Where this page begins; absent on the first. */
  cursor?: string | undefined;
  /** Where the next page begins, null on the last. */
  next: string | null;
}

/** Leads on through a list that is read by cursor, and back to its beginning. Nothing where one page holds it all. */
export function Pager({ label = "Pages", name = "cursor", path, query, cursor, next }: PagerProps) {
  if (next === null && cursor === undefined) return null;
  return (
    <nav aria-label={label} className="mt-4 flex flex-wrap gap-2 print:hidden">
      {cursor !== undefined && (
        <Link href={pageHref(path, query)} className={buttonClass()}>
          First page
        </Link>
      )}
      {next === null ? (
        <span className="self-center text-13 text-muted">This is the last page.</span>
      ) : (
        <Link href={pageHref(path, { ...query, [name]: next })} className={buttonClass()}>
          Next page
        </Link>
      )}
    </nav>
  );
}
