import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { redact, restore, type JsonValue } from "./redact.ts";
import { createRestorer } from "./restorer.ts";
import { RedactionSession } from "./session.ts";

const session = () => new RedactionSession("K7QX");

const values = [
  "ana@example.com", "b.roy@example.org", "613-555-0142", "(514) 555-0117", "+44 20 7946 0321", "046 454 286", "1234-567-897-AB", "TESX 8552 1512", "4111 1111 1111 1111",
  "GB82 WEST 1234 5698 7654 32", "192.0.2.45", "2001:db8::17", "12 Example Street, Ottawa, ON K1A 0B1",
];
const words = ["demand", "at", "the station", "MW 16,205", "[EMAIL-K7QX-1]", "PHONE-K7QX-2", "\\[", "]", "\\", "[", "é😀", "\n", "\u200b", "[EMAIL-K7QX-", "1", "email-k7qx-3", "K7QX", "\ud83d"];
const piece = fc.oneof(fc.constantFrom(...values), fc.constantFrom(...words), fc.string({ unit: "binary", maxLength: 12 }));
const text = fc.array(piece, { maxLength: 14 }).chain((pieces) => fc.constantFrom(" ", "", ", ", "\n").map((between) => pieces.join(between)));
/** Cuts at any places, inside characters too. */
const pieces = (whole: string) => fc.array(fc.nat({ max: whole.length }), { maxLength: 12 }).map((cuts) => [0, ...cuts.sort((a, b) => a - b), whole.length].flatMap((cut, index, all) => (index === 0 ? [] : [whole.slice(all[index - 1], cut)])));

describe("redact", () => {
  test("replaces each value, the same by the same and different ones by different ones, and counts them", () => {
    const made = session();
    expect(redact("ana@example.com wrote to b.roy@example.org; ana@example.com waits at 613-555-0142.", made)).toBe("[EMAIL-K7QX-1] wrote to [EMAIL-K7QX-2]; [EMAIL-K7QX-1] waits at [PHONE-K7QX-3].");
    expect(redact("Cc ana@example.com", made)).toBe("Cc [EMAIL-K7QX-1]");
    expect(made.summary).toEqual({ email: 4, phone: 1 });
  });

  test("replaces the same number under the same name at every call, and never what stands under another", () => {
    for (let call = 0; call < 3; call += 1) {
      expect(redact([{ order: 6135550142 }, { phone: 6135550142 }], session())).toEqual([{ order: "[PHONE-K7QX-1]" }, { phone: "[PHONE-K7QX-1]" }]);
      expect(redact([{ order: 6135550142 }, { load: 16205 }], session())).toEqual([{ order: 6135550142 }, { load: 16205 }]);
    }
    // A name with a line break in it doesn't read as another name and the beginning of its text.
    expect(redact({ a: "b\nana@example.com", "a\nb": "ana@example.com", "1 a": "x" }, session())).toEqual({ a: "b\n[EMAIL-K7QX-1]", "a\nb": "[EMAIL-K7QX-1]", "1 a": "x" });
  });

  test("replaces what is known by its context in one place everywhere", () => {
    expect(redact(["The number 046454286 again", "SIN 046454286"], session())).toEqual(["The number [SIN-K7QX-1] again", "SIN [SIN-K7QX-1]"]);
  });

  test("goes through structured values; names of fields are context, numbers become strings", () => {
    const value = { sin: "046454286", order: 6135550142, phoneNumber: 6135550142, list: [{ "ana@example.com": true }, null, 16205.5], text: "6135550142 kWh" };
    const made = session();
    expect(redact({ sin: "046454286", load_mw: 16205.5, order_id: "613-555-0143", owner: { phoneNumber: 6135550142 }, list: [{ "ana@example.com": true }, null] }, made)).toEqual({
      sin: "[SIN-K7QX-1]", load_mw: 16205.5, order_id: "613-555-0143", owner: { phoneNumber: "[PHONE-K7QX-2]" }, list: [{ "[EMAIL-K7QX-3]": true }, null],
    });
    expect(restore(redact(value, made), made)).toEqual({ ...value, order: "6135550142", phoneNumber: "6135550142" });
  });

  test("has a placeholder of an earlier text for a text that holds one, and none for those of others", () => {
    const made = session();
    redact("ana@example.com", made);
    const out = redact("Say [EMAIL-K7QX-1] or [EMAIL-AAAA-1].", made);
    expect(out).toBe("Say [TEXT-K7QX-2] or [EMAIL-AAAA-1].");
    expect(restore(out, made)).toBe("Say [EMAIL-K7QX-1] or [EMAIL-AAAA-1].");
    expect(made.summary).toEqual({ email: 1 });
  });

  test("refuses what is nested too deeply", () => {
    let deep: JsonValue = "x";
    for (let level = 0; level < 70; level += 1) deep = [deep];
    expect(() => redact(deep, session())).toThrow(RangeError);
  });

  test("leaves nothing of what it replaced, and restore gives the text back, whatever stands in it", () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), (texts) => {
        const made = session();
        const redacted = redact(texts, made);
        expect(restore(redacted, made)).toEqual(texts);
        for (const value of made.values.keys()) if (value.length >= 7) expect(JSON.stringify(redacted)).not.toContain(JSON.stringify(value).slice(1, -1));
      }),
      { numRuns: 400 },
    );
  });

  test("takes every value out of a text that holds them apart", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(values, { minLength: 1 }), (some) => {
        const out = redact(some.join(";\n"), session());
        for (const value of some) expect(out).not.toContain(value);
      }),
      { numRuns: 100 },
    );
  });
});

describe("restore", () => {
  test.each([
    ["as issued", "Write to [EMAIL-K7QX-1].", "Write to ana@example.com."],
    ["escaped for Markdown", "Write to \\[EMAIL-K7QX-1\\].", "Write to ana@example.com."],
    ["without brackets, in lower case", "Write to email-k7qx-1.", "Write to ana@example.com."],
    ["inside other brackets", "[see [EMAIL-K7QX-1]]", "[see ana@example.com]"],
    ["another kind", "[PHONE-K7QX-1]", "[PHONE-K7QX-1]"],
    ["another number", "[EMAIL-K7QX-12] [EMAIL-K7QX-2]", "[EMAIL-K7QX-12] [EMAIL-K7QX-2]"],
    ["another request's", "[EMAIL-K7QZ-1]", "[EMAIL-K7QZ-1]"],
  ])("%s", (_, written, expected) => {
    const made = session();
    redact("ana@example.com", made);
    expect(made.restore(written)).toBe(expected);
  });

  test("takes what a value holds as it is", () => {
    const made = session();
    const value = made.issue("api_key", "$& $1 [EMAIL-K7QX-1]");
    expect(made.restore(`${value}!`)).toBe("$& $1 [EMAIL-K7QX-1]!");
  });
});

describe("a restorer", () => {
  const answer = fc.array(fc.oneof(fc.constantFrom(...words, "[SIN-K7QX-3]", "[EMAIL-K7QX-1]", "\\[PHONE-K7QX-2\\]", "IP-K7QX-4", "phone-k7qx-22"), fc.string({ maxLength: 5 })), { maxLength: 12 }).map((parts) => parts.join(""));
  // Shorter than their placeholders, so that what is held back can be told from what is said.
  const issued = () => {
    const made = session();
    made.issue("email", "a@b.co");
    made.issue("phone", "555-0142");
    made.issue("sin", "046");
    made.issue("ip_address", "1.1.1.1");
    return made;
  };

  test("gives in pieces, cut anywhere, what restore gives of the whole, and holds back no more than a placeholder", () => {
    fc.assert(
      fc.property(answer.chain((whole) => fc.tuple(fc.constant(whole), pieces(whole))), ([whole, parts]) => {
        const made = issued();
        const restorer = createRestorer(made);
        let said = "";
        let given = "";
        for (const part of parts) {
          said += restorer.push(part);
          given += part;
          expect(made.restore(given).length - said.length).toBeLessThanOrEqual("\\[PHONE-K7QX-2\\]".length);
        }
        expect(said + restorer.end()).toBe(made.restore(whole));
      }),
      { numRuns: 1_000 },
    );
  });

  test("one character at a time", () => {
    const restorer = createRestorer(issued());
    const said = [..."To [EMAIL-K7QX-1], or [PHONE-K7QX-2]"].map((character) => restorer.push(character)).join("") + restorer.end();
    expect(said).toBe("To a@b.co, or 555-0142");
  });

  test("says at once what can't be a placeholder", () => {
    const restorer = createRestorer(issued());
    expect(restorer.push("Demand rose [see 1] ")).toBe("Demand rose [see 1] ");
    expect(restorer.push("to [EMAIL-K7")).toBe("to ");
    expect(restorer.push("QX-1]")).toBe("a@b.co");
    expect(restorer.end()).toBe("");
  });
});

describe("a session", () => {
  test("has a tag of its own", () => {
    expect(new Set(Array.from({ length: 50 }, () => new RedactionSession().tag)).size).toBeGreaterThan(45);
    expect(() => new RedactionSession("k7")).toThrow(RangeError);
  });
});
