import { createHash } from "node:crypto";
import jwt from "jsonwebtoken";
import { expect, test, vi, afterEach } from "vitest";
import { adminTokenSeconds, readAdminToken, signAdminToken, type AdminToken } from "./admin-token.ts";

const [current, previous, foreign] = ["current secret, long enough for HS256", "previous secret, long enough for it", "foreign secret, long enough for it"];
const shown: AdminToken = { adminId: "01a1fc5a-509c-7556-b9c4-e91a7eca033f", sessionId: "A".repeat(43) };
const inAnHour = () => new Date(Date.now() + 3_600_000);
const kid = createHash("sha256").update(`kid\n${current}`).digest("hex").slice(0, 16);
const payload = (over: Record<string, unknown> = {}) => {
  const now = Math.floor(Date.now() / 1_000);
  return Object.fromEntries(Object.entries({ sub: shown.adminId, jti: shown.sessionId, iss: "tieline", aud: "tieline-admin", iat: now, exp: now + 60, ...over }).filter(([, value]) => value !== undefined));
};
const sign = (over: Record<string, unknown> = {}, options: jwt.SignOptions = {}, key = current) => jwt.sign(payload(over), key, { algorithm: "HS256", keyid: kid, ...options });

afterEach(() => vi.useRealTimers());

test("a token says whose session it is, by the current secret and by the previous one", () => {
  expect(readAdminToken(signAdminToken(shown, current, inAnHour()), [current, previous])).toEqual(shown);
  expect(readAdminToken(signAdminToken(shown, previous, inAnHour()), [current, previous])).toEqual(shown);
  expect(readAdminToken(signAdminToken(shown, previous, inAnHour()), [current])).toBeNull();
  expect(readAdminToken(sign(), [current])).toEqual(shown);
});

test("it holds neither role nor name, and no secret", () => {
  const token = signAdminToken(shown, current, inAnHour());
  expect(Object.keys(jwt.decode(token, { json: true }) ?? {}).sort()).toEqual(["aud", "exp", "iat", "iss", "jti", "sub"]);
  expect(Buffer.from(token.split(".")[0] ?? "", "base64url").toString()).not.toContain(current);
});

test("it ends half an hour after it was made, or with its session", () => {
  vi.useFakeTimers({ now: 1_800_000_000_000 });
  const [long, short] = [signAdminToken(shown, current, inAnHour()), signAdminToken(shown, current, new Date(Date.now() + 60_000))];
  vi.advanceTimersByTime(59_000);
  expect([readAdminToken(long, [current]), readAdminToken(short, [current])]).toEqual([shown, shown]);
  vi.advanceTimersByTime(2_000);
  expect([readAdminToken(long, [current]), readAdminToken(short, [current])]).toEqual([shown, null]);
  vi.advanceTimersByTime(adminTokenSeconds * 1_000);
  expect(readAdminToken(long, [current])).toBeNull();
});

test.each([
  ["of alg none", () => jwt.sign(payload(), "", { algorithm: "none", keyid: kid })],
  ["of HS512", () => sign({}, { algorithm: "HS512" })],
  ["of HS384", () => sign({}, { algorithm: "HS384" })],
  ["of another kid", () => sign({}, { keyid: "x" })],
  ["of no kid", () => jwt.sign(payload(), current, { algorithm: "HS256" })],
  ["by a foreign secret under our kid", () => sign({}, {}, foreign)],
  ["for another audience", () => sign({ aud: "tieline" })],
  ["of another issuer", () => sign({ iss: "other" })],
  ["without an issuer", () => sign({ iss: undefined })],
  ["without an audience", () => sign({ aud: undefined })],
  ["without an end", () => sign({ exp: undefined })],
  ["without a beginning", () => sign({ iat: undefined }, { noTimestamp: true })],
  ["without a session", () => sign({ jti: undefined })],
  ["of a session id of another form", () => sign({ jti: "short" })],
  ["without a subject", () => sign({ sub: undefined })],
  ["of a subject of another form", () => sign({ sub: "admin" })],
  ["not valid yet", () => sign({ nbf: Math.floor(Date.now() / 1_000) + 600 })],
  ["older than it may be, though its end is far", () => sign({ iat: Math.floor(Date.now() / 1_000) - adminTokenSeconds - 60, exp: 4_000_000_000 })],
  ["that is none", () => "a.b.c"],
  ["that is empty", () => ""],
  ["whose payload is no object", () => jwt.sign("text", current, { algorithm: "HS256", keyid: kid })],
])("a token %s is none", (_, make) => {
  expect(readAdminToken(make(), [current, previous])).toBeNull();
});
