import { PageHeader } from "#ui/page-header.tsx";
import { routes } from "#ui/shell/routes.ts";
import { askFrameClass } from "#domains/assistant/components/ask-box.tsx";
import { askPageClass, conversationGridClass } from "#domains/assistant/components/ask-layout.ts";

/** The page's own outline: the conversation is only known in the browser. */
export default function AskLoading() {
  return (
    <div className={askPageClass} aria-busy>
      <PageHeader title={routes.ask.label} />
      <div className={conversationGridClass}>
        <div className="border-t" />
        <div className="pt-2 pb-9 lg:col-start-1">
          <div className={askFrameClass}>
            <div className="h-control" />
          </div>
        </div>
      </div>
    </div>
  );
}
