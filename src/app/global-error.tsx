"use client";

import { PageError, type PageErrorProps } from "#app/page-error.tsx";
import "./globals.css";

/** The root layout failed: this document replaces it, in the system's theme. */
export default function GlobalError(props: PageErrorProps) {
  return (
    <html lang="en-CA">
      <body>
        <title>Tieline couldn’t be shown</title>
        <main className="p-6">
          <PageError {...props} />
        </main>
      </body>
    </html>
  );
}
