import { XMLParser, XMLValidator } from "fast-xml-parser";
import { SourceFormatError } from "./source.ts";

/** An element: its children by local name, in order; text under "#text"; attributes under "@name". */
export type Element = { readonly [name: string]: unknown };

const parser = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  // Numbers are read where it is known what they are; entities stay undone, so that none can grow.
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  trimValues: true,
  isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
});

/**
 * The root element of an IESO document, checked by its docID, which is the report's name. Names are local: reports come
 * with two namespaces and with prefixes. Throws SourceFormatError for anything else.
 */
export function iesoDocument(text: string, docIds: readonly string[]): Element {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw new SourceFormatError("The document declares entities, which no report does");
  const validity = XMLValidator.validate(text);
  if (validity !== true) throw new SourceFormatError(`The document isn't well-formed XML: ${validity.err.msg}`);
  let parsed: Element;
  try {
    parsed = parser.parse(text) as Element;
  } catch (cause) {
    // The parser is stricter than the validator in some places, such as the quotes of processing instructions.
    throw new SourceFormatError("The document isn't well-formed XML", { cause });
  }
  const root = Object.entries(parsed).flatMap(([name, value]) => (name.startsWith("?") ? [] : childrenOf(value)))[0];
  const docId = root === undefined ? undefined : attributeOf(root, "docID");
  if (root === undefined || docId === undefined || !docIds.includes(docId)) {
    throw new SourceFormatError(`The document is ${docId === undefined ? "no IESO report" : `the report ${docId}`}, not ${docIds.join(" or ")}`);
  }
  return root;
}

/** The children of an element with this local name, in order. */
export function all(element: Element, name: string): Element[] {
  return childrenOf(element[name]);
}

/** The one child with this name, or the one along a path of names; throws when there is none or more. */
export function one(element: Element, ...path: string[]): Element {
  return path.reduce((at, name) => {
    const [child, ...others] = all(at, name);
    if (child === undefined || others.length > 0) throw new SourceFormatError(`There ${child === undefined ? "is no" : "are several"} ${name}`);
    return child;
  }, element);
}

/** The text of the one child with this name; undefined when there is none. Throws when there are several. */
export function textIn(element: Element, name: string): string | undefined {
  const children = element[name];
  if (children === undefined) return undefined;
  const [child, ...others] = Array.isArray(children) ? (children as unknown[]) : [children];
  if (others.length > 0) throw new SourceFormatError(`There are several ${name}`);
  if (typeof child === "string") return child;
  const text = typeof child === "object" && child !== null ? (child as Element)["#text"] : "";
  return typeof text === "string" ? text : Array.isArray(text) ? text.join("") : "";
}

export function attributeOf(element: Element, name: string): string | undefined {
  const value = element[`@${name}`];
  return typeof value === "string" ? value : undefined;
}

function childrenOf(value: unknown): Element[] {
  const list = Array.isArray(value) ? (value as unknown[]) : value === undefined ? [] : [value];
  return list.map((child) => (typeof child === "object" && child !== null ? (child as Element) : { "#text": child }));
}
