import { PageHeader } from "#ui/page-header.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

export default function Loading() {
  return (
    <div className="mx-auto max-w-content">
      <PageHeader title="Help" />
      <div role="status" aria-label="Loading" className="grid gap-5 pt-2">
        {["w-3/4", "w-1/2", "w-2/3", "w-1/2", "w-3/4", "w-2/3"].map((width, index) => (
          <Skeleton key={index} className={width} />
        ))}
      </div>
    </div>
  );
}
