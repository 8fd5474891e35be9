import type { Element, ElementContent, Root } from "hast";
import { createSlugger } from "#lib/slug.ts";

/**
 * Prepares a sanitised article: headings get ids, and the cells of wide tables the name of their column, under which they
 * stand when a phone shows rows as cards. Alignment moves to a data attribute, since a style attribute breaks the page's
 * policy.
 */
export function articleTree() {
  return (tree: Root): void => {
    const slug = createSlugger();
    for (const node of elements(tree)) {
      if (/^h[2-6]$/.test(node.tagName)) node.properties.id = slug(textOf(node));
      if (node.tagName === "table") prepareTable(node);
    }
  };
}

/** As many columns fit a phone; a table with more becomes cards there. */
const columnsThatFit = 4;

/** Cards take a table's display away, and with it the meaning that browsers read from it: roles keep that. */
const roles: Record<string, string> = { table: "table", thead: "rowgroup", tbody: "rowgroup", tr: "row", th: "columnheader", td: "cell" };

function prepareTable(table: Element): void {
  const parts = [table, ...elements(table)];
  const columns = parts.filter((part) => part.tagName === "th").map(textOf);
  for (const part of parts) {
    if (part.properties.align) part.properties.dataAlign = part.properties.align;
    delete part.properties.align;
    if (columns.length > columnsThatFit) part.properties.role = roles[part.tagName];
  }
  if (columns.length <= columnsThatFit) return;
  table.properties.dataCards = "";
  for (const row of parts.filter((part) => part.tagName === "tr")) {
    const cells = elements(row).filter((part) => part.tagName === "td");
    cells.forEach((cell, index) => (cell.properties.dataLabel = columns[index]));
  }
}

function elements(parent: Root | Element): Element[] {
  return parent.children.flatMap((child) => (child.type === "element" ? [child, ...elements(child)] : []));
}

function textOf(node: Element | ElementContent): string {
  if (node.type === "text") return node.value;
  return node.type === "element" ? node.children.map(textOf).join("") : "";
}
