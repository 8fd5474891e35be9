import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { ArticleBody } from "#domains/help/components/article-body.tsx";

const render = (markdown: string) => renderToStaticMarkup(<ArticleBody markdown={markdown} />);

test("headings get the ids that citations link to", () => {
  expect(render("## Why *hour* ending\n\n## Why hour ending")).toBe(
    '<h2 id="why-hour-ending">Why <em>hour</em> ending</h2>\n<h2 id="why-hour-ending-2">Why hour ending</h2>',
  );
});

test("cells carry their column's name, and no style attribute", () => {
  const html = render("| Operator | In March |\n| --- | ---: |\n| AESO | 23 h |");
  expect(html).toContain('<td data-label="Operator" role="cell">AESO</td>');
  expect(html).toContain('<td data-label="In March" role="cell" data-align="right">23 h</td>');
  expect(html).not.toContain("style=");
});

test.each([
  ["a script", "<script>alert(1)</script>"],
  ["an event handler", '<b onclick="alert(1)">x</b>'],
  ["an image", "![x](https://example.org/x.png)"],
  ["a script address", "[x](javascript:alert(1))"],
  ["a data address", "[x](data:text/html,x)"],
  ["a script address in disguise", "[x](JaVaScRiPt&colon;alert(1))"],
  ["an address of another scheme", "[x](vbscript:x)"],
  ["a task box", "- [ ] x"],
])("%s is left out", (_name, markdown) => {
  expect(render(markdown)).not.toMatch(/<script|onclick|<img|<input|javascript:|data:|vbscript:/i);
});

test("web pages and places of Tieline are linked", () => {
  expect(render("[x](https://example.org/a)")).toBe('<p><a href="https://example.org/a" rel="noreferrer">x</a></p>');
  expect(render("[x](/help/hour-ending#why)")).toContain('href="/help/hour-ending#why"');
  expect(render("[x](//example.org)")).toContain('rel="noreferrer"');
});
