/** What the product's log says a request cost. */
import { waitFor } from "../support/servers/process.ts";
import type { AppServer } from "../support/app-server.ts";

export interface RequestCost {
  status: number;
  statements: number;
  unitsOfWork: number;
}

const logTimeoutMs = 5_000;

/** The costs of responses, by the log line that bears each one's request id. */
export async function costsOf(app: AppServer, responses: Response[]): Promise<RequestCost[]> {
  return waitFor("log lines of the requests", logTimeoutMs, () => {
    const lines = new Map(requestLines(app.output()).map((line) => [line.requestId, line]));
    const found = responses.flatMap((response) => lines.get(response.headers.get("x-request-id") ?? "") ?? []);
    return found.length === responses.length ? found : null;
  });
}

function requestLines(output: string): (RequestCost & { requestId: string })[] {
  const lines = output.slice(0, output.lastIndexOf("\n")).split("\n").filter((line) => line.includes('"msg":"request"'));
  return lines.map((line) => JSON.parse(line) as RequestCost & { requestId: string });
}
