"use client";

import { PageError, type PageErrorProps } from "#app/page-error.tsx";

/** The frame itself failed: the message stands alone. */
export default function RootError(props: PageErrorProps) {
  return (
    <main className="p-6">
      <PageError {...props} />
    </main>
  );
}
