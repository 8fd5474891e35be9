import fc from "fast-check";
import { expect, test } from "vitest";
import { readStoredSession } from "./stored-session.ts";

const holds = async (cookie: string) => (await readStoredSession(new Request("http://t/", { headers: { cookie } }))) !== null;
const encoded = (value: unknown) => `base64-${Buffer.from(JSON.stringify(value)).toString("base64url")}`;
const session = { access_token: "aa.bb.cc", refresh_token: "r", expires_at: 1 };

test("a session in one cookie or in chunks is one", async () => {
  const text = encoded(session);
  expect(await holds(`tieline_session=${text}`)).toBe(true);
  expect(await holds(`tieline_session.0=${text.slice(0, 20)}; tieline_session.1=${text.slice(20)}`)).toBe(true);
  expect(await holds(`tieline_session.1=${text.slice(20)}`)).toBe(false);
});

test.each([
  {},
  null,
  [session],
  { ...session, access_token: "a\nb.c.d" },
  { ...session, access_token: "\u{1f600}.b.c" },
  { ...session, access_token: "abc" },
  { ...session, refresh_token: 7 },
  { ...session, expires_at: "soon" },
])("%j is none", async (value) => {
  expect(await holds(`tieline_session=${encoded(value)}`)).toBe(false);
});

test("nothing a cookie can hold makes it throw", async () => {
  const printable = fc.string({ unit: fc.constantFrom(..."abAB01-_%=.,{}\"[]+/ \\"), maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(printable, fc.constantFrom("", "base64-"), async (value, prefix) => {
      expect(await holds(`tieline_session=${prefix}${value}`)).toBe(false);
    }),
  );
});
