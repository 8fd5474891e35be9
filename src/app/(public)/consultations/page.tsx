import type { Metadata } from "next";
import { PageHeader } from "#ui/page-header.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import { routes } from "#ui/shell/routes.ts";

const { label } = routes.consultations;

export const metadata: Metadata = { title: label };

export default function ConsultationsPage() {
  return (
    <div className="mx-auto max-w-content">
      <PageHeader title={label} />
      <StateMessage kind="empty" title="Nothing is recorded yet">
        This page lists public consultations on the electricity system, each with its sources.
      </StateMessage>
    </div>
  );
}
