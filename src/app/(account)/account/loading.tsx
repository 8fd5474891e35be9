import { Card } from "#ui/card.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

export default function AccountLoading() {
  return (
    <div className="mx-auto grid max-w-[640px] gap-4" aria-busy>
      <PageHeader title="Account" />
      {["Profile", "Address", "Password"].map((title) => (
        <Card key={title} id={title} title={title}>
          <div className="grid gap-6 py-4">
            <Skeleton className="w-4/5" />
            <Skeleton className="w-3/5" />
          </div>
        </Card>
      ))}
    </div>
  );
}
