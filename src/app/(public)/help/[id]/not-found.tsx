import { StateMessage } from "#ui/state-message.tsx";
import { Breadcrumbs } from "#ui/shell/breadcrumbs.tsx";
import { routes } from "#ui/shell/routes.ts";
import { HelpSearchForm } from "#domains/help/components/search-form.tsx";

export default function ArticleNotFound() {
  return (
    <div className="mx-auto max-w-[960px]">
      <Breadcrumbs crumbs={[{ label: routes.help.label, href: routes.help.href }, { label: "Not found" }]} />
      <h1 className="mb-4 text-28 leading-9 tracking-[-0.015em]">No such help entry</h1>
      <div className="grid max-w-measure gap-4">
        <StateMessage kind="empty" title="This entry doesn’t exist, or was renamed">
          Search for what it was about, or go to the index.
        </StateMessage>
        <HelpSearchForm />
      </div>
    </div>
  );
}
