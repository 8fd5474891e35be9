"use client";

import { useRouter } from "next/navigation";
import { useTransition, type ReactNode } from "react";
import { Button } from "#ui/button.tsx";

/** Checks again. Without script, the form loads the page anew. */
export function RefreshButton({ icon }: { icon: ReactNode }) {
  const [pending, startTransition] = useTransition();
  const router = useRouter();
  return (
    <form
      action="/status"
      onSubmit={(event) => {
        event.preventDefault();
        startTransition(() => router.refresh());
      }}
    >
      <Button type="submit" aria-disabled={pending}>
        {icon}
        {pending ? "Checking" : "Check again"}
      </Button>
    </form>
  );
}
