import Link from "next/link";
import type { ComponentProps } from "react";
import Markdown from "react-markdown";
import rehypeSanitize, { defaultSchema } from "rehype-sanitize";
import remarkGfm from "remark-gfm";
import { articleTree } from "#domains/help/components/article-tree.ts";

/** No raw HTML, no images, and links to web pages and to places of Tieline only. */
const schema = {
  ...defaultSchema,
  tagNames:
    "a blockquote br code del em h2 h3 h4 hr li ol p pre strong table tbody td th thead tr ul".split(" "),
  attributes: { a: ["href"], td: ["align"], th: ["align"] },
  protocols: { href: ["http", "https"] },
};

/** An article's Markdown, rendered on the server. */
export function ArticleBody({ markdown }: { markdown: string }) {
  return (
    <Markdown
      skipHtml
      remarkPlugins={[remarkGfm]}
      rehypePlugins={[[rehypeSanitize, schema], articleTree]}
      components={{ a: ArticleLink }}
    >
      {markdown}
    </Markdown>
  );
}

function ArticleLink({ href = "", children }: ComponentProps<"a">) {
  return href.startsWith("/") && !href.startsWith("//") ? (
    <Link href={href} prefetch={false}>
      {children}
    </Link>
  ) : (
    <a href={href} rel="noreferrer">
      {children}
    </a>
  );
}
