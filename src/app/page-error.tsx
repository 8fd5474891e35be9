"use client";

import { Button } from "#ui/button.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { StateMessage } from "#ui/state-message.tsx";

export interface PageErrorProps {
  error: unknown;
  retry: () => void;
}

/** Stands in the place of a page that couldn't be rendered. */
export function PageError({ error, retry }: PageErrorProps) {
  return (
    <div className="mx-auto max-w-content">
      <PageHeader title="This page couldn’t be shown" />
      <div className="max-w-measure">
        <StateMessage
          kind="error"
          title="Something failed while the page was made"
          action={
            <>
              <Button kind="primary" onClick={retry}>
                Try again
              </Button>
              <Button onClick={() => location.assign("/status")}>See the system status</Button>
            </>
          }
        >
          Nothing was lost. Try again; if it fails again, the system status may say why.
          <Digest error={error} />
        </StateMessage>
      </div>
    </div>
  );
}

/** Finds the error in the server's log. */
function Digest({ error }: { error: unknown }) {
  if (!(error instanceof Error) || !("digest" in error) || typeof error.digest !== "string") return null;
  return (
    <p className="mt-3 text-12 text-muted">
      Error <code className="font-mono">{error.digest}</code>
    </p>
  );
}
