import { Card } from "#ui/card.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

export default function OrganisationLoading() {
  return (
    <div className="mx-auto max-w-content" aria-busy>
      <PageHeader title="Organisation" />
      <Card id="loading" title="Loading">
        <div className="grid gap-6 py-4">
          <Skeleton className="w-4/5" />
          <Skeleton className="w-3/5" />
          <Skeleton className="w-4/5" />
        </div>
      </Card>
    </div>
  );
}
