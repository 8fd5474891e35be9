import createClient from "openapi-fetch";
import { expectOk } from "#lib/problem.ts";
import { csrfHeaders } from "#ui/api/csrf.ts";
import type { paths } from "#ui/api/schema.ts";

/**
 * The API in the browser, typed by its OpenAPI description: paths, parameters, bodies and answers are checked when this
 * is compiled. A call whose request is refused or fails throws a ProblemError; one that gets no response throws what
 * `fetch` throws. Streams are read with `fetch` itself.
 */
export const api = createClient<paths>({ fetch: (request) => fetch(request) });

api.use({
  onRequest({ request }) {
    for (const [name, value] of Object.entries(csrfHeaders())) request.headers.set(name, value);
    return request;
  },
  async onResponse({ response }) {
    await expectOk(response);
  },
});
