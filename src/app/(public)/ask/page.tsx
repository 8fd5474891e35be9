import type { Metadata } from "next";
import Link from "next/link";
import { PageHeader } from "#ui/page-header.tsx";
import { routes } from "#ui/shell/routes.ts";
import { askPageClass } from "#domains/assistant/components/ask-layout.ts";
import { ClearHistory } from "#domains/assistant/components/clear-history.tsx";
import { ConversationView } from "#domains/assistant/components/conversation-view.tsx";
import { ExampleQuestions } from "#domains/assistant/components/example-questions.tsx";
import { questionMaxLength } from "#domains/assistant/index.ts";
import { HelpButton } from "#domains/help/components/help-button.tsx";

const { label, helpId } = routes.ask;

export const metadata: Metadata = { title: label };

export default function AskPage() {
  return (
    <div className={askPageClass}>
      <PageHeader title={label} help={<HelpButton id={helpId} />} actions={<ClearHistory />} />
      <noscript>
        <p className="mb-4">Asking needs JavaScript. Help can be read and searched without it.</p>
      </noscript>
      <ConversationView maxLength={questionMaxLength} empty={<Empty />} />
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
