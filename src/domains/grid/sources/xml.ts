import { SourceFormatError } from "./source.ts";

/** An element by its local name, its children in order; `text` is all the text directly in it, trimmed. */
export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly Element[];
  readonly text: string;
}

/**
 * The root element of an IESO document, checked by its docID, which is the report's name. Names are local: reports come
 * with two namespaces and with prefixes. Throws SourceFormatError for anything else.
 */
export function iesoDocument(text: string, docIds: readonly string[]): Element {
  const root = parseXml(text);
  const docId = root.attributes.get("docID");
  if (docId === undefined || !docIds.includes(docId)) {
    throw new SourceFormatError(`The document is ${docId === undefined ? "no IESO report" : `the report ${docId}`}, not ${docIds.join(" or ")}`);
  }
  return root;
}

/** The children of an element with this local name, in order. */
export function all(element: Element, name: string): Element[] {
  return element.children.filter((child) => child.name === name);
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
  let found: Element | undefined;
  for (const child of element.children) {
    if (child.name !== name) continue;
    if (found) throw new SourceFormatError(`There are several ${name}`);
    found = child;
  }
  return found?.text;
}

const name = String.raw`[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?`;
/** Text; or an element of text alone; or a closing tag; or an opening one, with its attributes and the slash that ends it at once; or what is passed over. */
const token = new RegExp(String.raw`([^<]+)|<(${name})>([^<]*)<\/\2>|<\/(${name})\s*>|<(${name})((?:\s+${name}\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|<\?${name}(?:\s[^]*?)?\?>|<!--[^]*?-->`, "y");
const attribute = new RegExp(String.raw`(${name})\s*=\s*(?:"([^"]*)"|'([^']*)')`, "g");
const mostDepth = 64;
const none: readonly Element[] = [];

interface Open {
  name: string;
  /** With its prefix, as the closing tag must repeat it. */
  tag: string;
  attributes: ReadonlyMap<string, string>;
  children: Element[];
  text: string;
}

/**
 * The root element of an XML document. Reports are made of elements, attributes and text, so this understands no more:
 * declarations and CDATA are refused, and entities but the five of XML and characters by number, so that nothing can grow.
 * Throws SourceFormatError for what isn't well-formed.
 */
export function parseXml(text: string): Element {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw new SourceFormatError("The document declares entities, which no report does");
  const document: Open = { name: "", tag: "", attributes: new Map(), children: [], text: "" };
  const open: Open[] = [document];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const found = token.exec(text);
    const inside = open.at(-1);
    if (!found || !inside) throw malformed(text, at);
    const [, content, leaf, leafText = "", closing, opening, attributes = "", slash] = found;
    if (content !== undefined) {
      inside.text += content;
    } else if (leaf !== undefined) {
      if (open.length > mostDepth) throw malformed(text, at);
      inside.children.push({ name: localName(leaf), attributes: noAttributes, children: none, text: unescaped(leafText.trim()) });
    } else if (opening !== undefined) {
      if (open.length > mostDepth) throw malformed(text, at);
      const element: Open = { name: localName(opening), tag: opening, attributes: attributesOf(attributes), children: [], text: "" };
      if (slash) inside.children.push(element);
      else open.push(element);
    } else if (closing !== undefined) {
      if (inside.tag !== closing) throw malformed(text, at);
      open.pop();
      inside.text = unescaped(inside.text.trim());
      open.at(-1)?.children.push(inside);
    }
  }
  const [root, ...others] = document.children;
  if (open.length > 1 || !root || others.length > 0 || document.text.trim() !== "") throw new SourceFormatError("The document isn't well-formed XML: it is not one whole element");
  return root;
}

function localName(qualified: string): string {
  return qualified.slice(qualified.indexOf(":") + 1);
}

const noAttributes: ReadonlyMap<string, string> = new Map();

function attributesOf(text: string): ReadonlyMap<string, string> {
  if (text === "") return noAttributes;
  const attributes = [...text.matchAll(attribute)].map(([, qualified = "", double, single]) => [qualified, double ?? single ?? ""] as const);
  if (new Set(attributes.map(([qualified]) => qualified)).size < attributes.length) throw new SourceFormatError("The document isn't well-formed XML: an attribute comes twice");
  return new Map(attributes.map(([qualified, value]) => [localName(qualified), value]));
}

const characters: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescaped(text: string): string {
  if (!text.includes("&")) return text;
  return text.replaceAll(/&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(\w+));|&/g, (whole: string, decimal?: string, hexadecimal?: string, entity: string = "") => {
    const code = decimal !== undefined ? Number(decimal) : hexadecimal !== undefined ? Number.parseInt(hexadecimal, 16) : undefined;
    const character = code === undefined ? (Object.hasOwn(characters, entity) ? characters[entity] : undefined) : code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
    if (character === undefined) throw new SourceFormatError(`The document isn't well-formed XML: ${whole} stands for nothing`);
    return character;
  });
}

function malformed(text: string, at: number): SourceFormatError {
  return new SourceFormatError(`The document isn't well-formed XML at ${JSON.stringify(text.slice(at, at + 40))}`);
}
