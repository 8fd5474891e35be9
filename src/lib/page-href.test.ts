import { expect, test } from "vitest";
import { pageHref } from "./page-href.ts";

test.each([
  [{}, "/a"],
  [{ q: "", cursor: undefined }, "/a"],
  [{ q: "a b&c=é", page: 0 }, "/a?q=a+b%26c%3D%C3%A9&page=0"],
])("%j makes %s", (query, href) => {
  expect(pageHref("/a", query)).toBe(href);
});
