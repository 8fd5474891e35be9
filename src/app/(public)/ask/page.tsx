import type { Metadata } from "next";
import Link from "next/link";
import { PageHeader } from "#ui/page-header.tsx";
import { routes } from "#ui/shell/routes.ts";
import { ClearHistory } from "#domains/assistant/components/clear-history.tsx";
import { ConversationView } from "#domains/assistant/components/conversation-view.tsx";
import { ExampleQuestions } from "#domains/assistant/components/example-questions.tsx";
import { questionMaxLength } from "#domains/assistant/index.ts";
import { HelpButton } from "#domains/help/components/help-button.tsx";

const { label, helpId } = routes.ask;

export const metadata: Metadata = { title: label };

export default function AskPage() {
  return (
    <div className="mx-auto -mb-10 flex min-h-[calc(100dvh-var(--topbar)-16px)] max-w-[1040px] flex-col md:-mb-12 md:min-h-[calc(100dvh-20px)]">
      <PageHeader title={label} help={<HelpButton id={helpId} />} actions={<ClearHistory />} />
      <ConversationView maxLength={questionMaxLength} empty={<Empty />} />
      <noscript>
        <p className="py-3">Asking needs JavaScript. Help can be read and searched without it.</p>
      </noscript>
    </div>
  );
}

function Empty() {
  return (
    <section aria-labelledby="start" className="border-t pt-5">
      <h2 id="start" className="text-16 leading-6">
        Ask about the Canadian electricity grid
      </h2>
      <p className="mt-1 text-14 leading-body text-muted">
        Answers come from Tieline’s help entries, with the passage behind each statement. When they don’t hold an answer, none is given.
        This tab keeps the list of your questions;{" "}
        <Link href="/help/ask-limits-and-privacy" prefetch={false}>
          what the server keeps
        </Link>{" "}
        is in help.
      </p>
      <div className="mt-4 text-14 leading-body">
        <ExampleQuestions />
      </div>
    </section>
  );
}
