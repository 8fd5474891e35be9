import { describe, expect, test } from "vitest";
import { refusalOf } from "./refusal.ts";

const paths = { "/api/ask": { post: {} }, "/api/help/search": { get: {} }, "/api/help/{id}": { get: {} }, "/api/help/{id}/feedback": { post: {} } };
const codeOf = (method: string, url: string) => refusalOf({ method, url }, paths)?.error.code;

describe("refusalOf", () => {
  test.each(["/help/%ff", "/api/help/%E0%A4%A", "/%"])("refuses the path %s", (url) => {
    expect(codeOf("GET", url)).toBe("INVALID_REQUEST");
  });

  test.each(["TRACE", "CONNECT", "PROPFIND"])("refuses the method %s everywhere", (method) => {
    expect(codeOf(method, "/")).toBe("METHOD_NOT_ALLOWED");
  });

  test("refuses a method that a path of the API doesn't answer, and names those it does", () => {
    expect(refusalOf({ method: "GET", url: "/api/ask?x=1" }, paths)).toMatchObject({ error: { code: "METHOD_NOT_ALLOWED" }, allow: ["POST"] });
    expect(refusalOf({ method: "POST", url: "/api/help/ramp" }, paths)?.allow).toEqual(["GET", "HEAD"]);
    expect(codeOf("GET", "/api/help/ramp/feedback")).toBe("METHOD_NOT_ALLOWED");
  });

  test.each([
    ["POST", "/api/ask"], ["GET", "/api/help/search?q=a"], ["HEAD", "/api/help/ramp"], ["OPTIONS", "/api/ask"], ["GET", "/api/nowhere"],
    ["GET", "/help/hydro-qu%C3%A9bec"], ["DELETE", "/anything"], ["GET", "/constructor"],
  ])("lets %s %s through", (method, url) => {
    expect(codeOf(method, url)).toBeUndefined();
  });
});
