import { afterEach, expect, test, vi } from "vitest";
import { reloadEnvironment } from "#platform/config/environment.ts";
import { askedOrganisation, clearedCookies, sessionCookieNames, sessionCookieOptions } from "./session-cookie.ts";

const requestWith = (cookie?: string) => new Request("http://t/", cookie === undefined ? {} : { headers: { cookie } });

afterEach(() => {
  vi.unstubAllEnvs();
  reloadEnvironment();
});

test.each([
  [undefined, []],
  ["", []],
  ["a=1; tieline_sessions=2; x_tieline_session=3; tieline_session.x=4; tieline_session.100=5; Tieline_Session=6", []],
  ["a=tieline_session=1", []],
  ["tieline_session=1", ["tieline_session"]],
  ["tieline_session", ["tieline_session"]],
  ["a=1;tieline_session.0=x;  tieline_session.1=y; tieline_session.0=z", ["tieline_session.0", "tieline_session.1"]],
  ["tieline_session-code-verifier=1; tieline_session-flows-code-verifier=2", []],
])("of %j the session cookies are %j", (cookie, names) => {
  expect(sessionCookieNames(requestWith(cookie))).toEqual(names);
});

test("under https the session cookies are those that no subdomain can set", () => {
  vi.stubEnv("APP_URL", "https://tieline.example");
  reloadEnvironment();
  expect(sessionCookieNames(requestWith("tieline_session=1; __Host-tieline_session.0=2; __Host-tieline_session.1=3; __Host-tieline_session.x=4"))).toEqual([
    "__Host-tieline_session.0",
    "__Host-tieline_session.1",
  ]);
});

const id = "01a1fc5a-509c-7556-b9c4-e91a7eca033f";
test.each([
  [undefined, null],
  [`tieline_organisation=${id}`, id],
  [`a=b; tieline_organisation=${id.toUpperCase()}; c=d`, id.toUpperCase()],
  [`tieline_organisation=${id}x`, null],
  [`tieline_organisation="${id}"`, null],
  ["tieline_organisation=%00", null],
  ["tieline_organisation=", null],
])("of %j the organisation asked for is %j", (cookie, asked) => {
  expect(askedOrganisation(requestWith(cookie))).toBe(asked);
});

test.each([
  ["", false],
  ["http://127.0.0.1:3000", false],
  ["https://tieline.example", true],
  ["HTTPS://Tieline.example", true],
])("with the application at %j cookies are Secure: %j", (url, secure) => {
  vi.stubEnv("APP_URL", url);
  reloadEnvironment();
  expect(sessionCookieOptions()).toMatchObject({ httpOnly: true, sameSite: "lax", path: "/", secure });
  expect(clearedCookies(["tieline_session", "tieline_session.0"])).toEqual(
    ["tieline_session", "tieline_session.0"].map((name) => `${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`),
  );
});
