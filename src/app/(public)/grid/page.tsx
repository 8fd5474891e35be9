import ChevronRight from "lucide-react/icons/chevron-right";
import type { Metadata } from "next";
import Link from "next/link";
import { Card } from "#ui/card.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { placesOf, routeSections } from "#ui/shell/routes.ts";

const { label } = routeSections.grid;

export const metadata: Metadata = { title: label };

/** What breadcrumbs lead to: the pages below, in a list. */
export default function GridPage() {
  return (
    <div className="mx-auto max-w-content">
      <PageHeader title={label} />
      <Card id="grid-pages" title="Demand, supply, prices and weather">
        <ul className="rows mt-2">
          {placesOf("grid").map(({ href, label: name }) => (
            <li key={href}>
              <Link href={href}>
                {name}
                <ChevronRight className="text-muted" />
              </Link>
            </li>
          ))}
        </ul>
      </Card>
    </div>
  );
}
