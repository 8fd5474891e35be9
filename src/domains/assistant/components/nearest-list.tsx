import Link from "next/link";
import type { Answer } from "#domains/assistant/schema.ts";

/** Where to look instead, when there is no answer. */
export function NearestList({ nearest }: Pick<Answer, "nearest">) {
  return (
    <div className="mt-4 text-14 leading-body">
      <p className="text-13 text-muted">Nearest entries</p>
      <ul className="rows mt-2">
        {nearest.map(({ title, url }) => (
          <li key={url}>
            <Link href={url} prefetch={false}>
              {title}
              <span className="text-12 text-muted">Help</span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
