import type { HelpSource } from "#domains/help/schema.ts";

export function ArticleSources({ sources }: { sources: HelpSource[] }) {
  if (sources.length === 0) return null;
  return (
    <section aria-labelledby="sources" className="mt-8">
      <h2 id="sources" className="text-20 leading-7">
        Sources
      </h2>
      <ol className="mt-3 text-14">
        {sources.map(({ title, url }, index) => (
          <li key={url} className="flex gap-3 py-1">
            <span aria-hidden className="w-3 flex-none text-muted">
              {index + 1}
            </span>
            <a href={url} rel="noreferrer" className="touch-area">
              {title}
            </a>
          </li>
        ))}
      </ol>
    </section>
  );
}
