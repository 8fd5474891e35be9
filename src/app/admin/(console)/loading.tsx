import { Skeleton } from "#ui/skeleton.tsx";

export default function ConsoleLoading() {
  return (
    <div className="mx-auto max-w-content" aria-busy>
      <Skeleton className="mt-2 h-5 w-40" />
      <div className="grid gap-6 pt-10">
        {[0, 1, 2, 3, 4, 5].map((row) => (
          <Skeleton key={row} className="w-full" />
        ))}
      </div>
    </div>
  );
}
