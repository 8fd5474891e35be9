import { ArticleBody } from "#domains/help/components/article-body.tsx";
import { ArticleSources } from "#domains/help/components/article-sources.tsx";
import type { EntryDraft } from "#domains/help/components/editing/entry-draft.ts";

/** An entry as its readers would see it: drawn by what draws the article. */
export function EntryPreview({ draft: { title, language, body, sources } }: { draft: EntryDraft }) {
  const linked = sources.filter(({ title: name, url }, index) => name !== "" && /^https:\/\//.test(url) && sources.findIndex((other) => other.url === url) === index);
  return (
    <div className="max-w-measure min-w-0">
      <p lang={language} className="mb-4 text-28 leading-9 font-strong tracking-[-0.015em]">
        {title || <span className="text-muted">No title yet</span>}
      </p>
      {body.trim() === "" ? (
        <p className="text-muted">The text appears here while you write.</p>
      ) : (
        <div lang={language} className="prose">
          <ArticleBody markdown={body} />
        </div>
      )}
      <ArticleSources sources={linked} />
    </div>
  );
}
