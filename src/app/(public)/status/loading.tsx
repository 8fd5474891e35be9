import { Card } from "#ui/card.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { routes } from "#ui/shell/routes.ts";

export default function StatusLoading() {
  return (
    <div className="mx-auto max-w-content" aria-busy>
      <PageHeader title={routes.status.label} />
      <Card id="checks" title="Checking">
        <div className="grid gap-[25px] pt-4 pb-15">
          {[0, 1, 2, 3].map((row) => (
            <Skeleton key={row} className="w-4/5" />
          ))}
        </div>
        <noscript>
          <a href="/api/health/ready">The checks as JSON</a>
        </noscript>
      </Card>
    </div>
  );
}
