import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { ArticleBody } from "#domains/help/components/article-body.tsx";

const render = (markdown: string) => renderToStaticMarkup(<ArticleBody markdown={markdown} />);

test("headings get the ids that citations link to", () => {
  expect(render("## Why *hour* ending\n\n## Why hour ending")).toBe(
    '<h2 id="why-hour-ending">Why <em>hour</em> ending</h2>\n<h2 id="why-hour-ending-2">Why hour ending</h2>',
  );
});

test("alignment is kept without a style attribute", () => {
  const html = render("| Operator | In March |\n| --- | ---: |\n| AESO | 23 h |");
  expect(html).toContain('<tr><td>AESO</td><td data-align="right">23 h</td></tr>');
  expect(html).not.toContain("style=");
});

test("in a table too wide for a phone, cells carry their column's name, and roles keep its meaning", () => {
  const html = render("| A | B | C | D | E |\n| - | - | - | - | - |\n| 1 | 2 | 3 | 4 | 5 |");
  expect(html).toContain('<table role="table" data-cards="">');
  expect(html).toContain('<td role="cell" data-label="E">5</td>');
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
