import { XMLParser, XMLValidator } from "fast-xml-parser";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { all, iesoDocument, one, parseXml, textIn, type Element } from "./xml.ts";

const text = `<?xml version="1.0"?>
<!-- of a report -->
<q:Document xmlns:q="http://www.ieso.ca/schema" docID='Sample'>
  <q:Day hour="1">2026-03-08</q:Day>
  <q:Empty/><q:Empty />
  <q:Name>A &amp; B &lt;1&gt; &#233;&#x41;</q:Name>
</q:Document>
`;

test("reads elements by local name, with attributes and text", () => {
  const root = parseXml(text);
  expect([root.name, root.attributes.get("docID"), root.children.map(({ name }) => name)]).toEqual(["Document", "Sample", ["Day", "Empty", "Empty", "Name"]]);
  expect(one(root, "Day")).toMatchObject({ text: "2026-03-08", attributes: new Map([["hour", "1"]]), children: [] });
  expect(textIn(root, "Name")).toBe("A & B <1> éA");
  expect(textIn(root, "Day")).toBe("2026-03-08");
  expect(textIn(root, "Night")).toBeUndefined();
  expect(all(root, "Empty").map((empty) => empty.text)).toEqual(["", ""]);
  expect(() => textIn(root, "Empty")).toThrow("several Empty");
  expect(() => one(root, "Empty")).toThrow("several Empty");
  expect(() => one(root, "Day", "Hour")).toThrow("no Hour");
});

test("a report is known by its docID", () => {
  expect(iesoDocument(text, ["Sample"]).name).toBe("Document");
  expect(() => iesoDocument(text, ["Other", "Another"])).toThrow("the report Sample, not Other or Another");
  expect(() => iesoDocument("<Document/>", ["Sample"])).toThrow("no IESO report");
});

describe("what is refused", () => {
  test.each([
    ["nothing", ""], ["text alone", "text"], ["an element that isn't closed", "<a><b></b>"], ["a closing tag too many", "<a></a></a>"],
    ["crossed elements", "<a><b></a></b>"], ["other prefixes", "<p:a></q:a>"], ["two roots", "<a/><b/>"], ["text after the root", "<a/>b"],
    ["a cut tag", "<a><b"], ["an attribute without quotes", "<a b=1/>"], ["an attribute twice", '<a b="1" b="2"/>'], ["a bare ampersand", "<a>1 & 2</a>"],
    ["an unknown entity", "<a>&e;</a>"], ["a character beyond all", "<a>&#x110000;</a>"], ["character 0", "<a>&#0;</a>"], ["declarations", "<!DOCTYPE a [<!ENTITY e '1'>]><a>&e;</a>"],
    ["CDATA", "<a><![CDATA[1]]></a>"], ["a comment that isn't closed", "<a><!-- 1 </a>"], ["depth without end", "<a>".repeat(100_000)],
  ])("%s", (_, document) => {
    expect(() => parseXml(document)).toThrow(/well-formed|declares/);
  });
});

test("reads every document as a general parser does", () => {
  const parser = new XMLParser({ preserveOrder: true, removeNSPrefix: true, ignoreAttributes: true, parseTagValue: false, trimValues: true });
  const name = fc.constantFrom("A", "Hour", "EnergyMW", "q:B");
  const { element } = fc.letrec<{ element: string }>((tie) => ({
    element: fc.oneof({ maxDepth: 4 },
      fc.tuple(name, fc.constantFrom("", "7", "-1.5", "a b", "x &amp; y")).map(([tag, value]) => `<${tag}>${value}</${tag}>`),
      name.map((tag) => `<${tag}/>`),
      fc.tuple(name, fc.array(tie("element"), { maxLength: 4 })).map(([tag, children]) => `<${tag} at="1">\n${children.join("\n ")}</${tag}>`)),
  }));
  fc.assert(fc.property(element, (document) => {
    expect(XMLValidator.validate(document)).toBe(true);
    const [general] = parser.parse(document) as unknown[];
    expect(plain(parseXml(document))).toEqual(plainOf(general));
  }), { numRuns: 300 });
});

type Plain = [name: string, text: string, children: Plain[]];

function plain(element: Element): Plain {
  return [element.name, element.text, element.children.map(plain)];
}

/** The same of the general parser's tree: [{ A: [{ "#text": "7" }] }]. */
function plainOf(node: unknown): Plain {
  const [[name, content] = ["", []]] = Object.entries(node as Record<string, unknown[]>);
  const isText = (child: unknown): child is { "#text": string } => typeof child === "object" && child !== null && "#text" in child;
  return [name, content.filter(isText).map((child) => child["#text"]).join(""), content.filter((child) => !isText(child)).map(plainOf)];
}
