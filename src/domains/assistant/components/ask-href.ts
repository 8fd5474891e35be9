/** The page that asks a question as soon as it opens. */
export function askHref(question: string): string {
  return `/ask?q=${encodeURIComponent(question)}`;
}
