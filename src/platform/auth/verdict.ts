/** Why the plane can't say: it answered with this status, or not at all. */
export class PlaneFailure extends Error {
  readonly status: number | undefined;

  constructor(message: string, status?: number, cause?: unknown) {
    super(message, { cause });
    this.name = "PlaneFailure";
    this.status = status;
  }
}

/**
 * Wraps the fetch of an auth plane so that "no such session" can be told from "can't say". A client library takes many
 * failures of the network, of a proxy or of our own key for the end of the session, and would sign the user out.
 */
export function watchVerdicts(call: typeof fetch, signal: AbortSignal): { fetch: typeof fetch; failure: () => PlaneFailure | null } {
  let failure: PlaneFailure | null = null;
  const watched = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    // A refusal that isn't worth retrying: the client library would otherwise try for half a minute.
    const giveUp = () => Response.json({ error_code: "unavailable", msg: "unavailable" }, { status: 400 });
    if (failure) return giveUp();
    try {
      const response = await call(input, { ...init, signal });
      const text = await response.text();
      if (isVerdict(response.status, text)) return new Response(text || null, { status: response.status, headers: response.headers });
      failure = new PlaneFailure(`The auth plane answered ${response.status}: ${text.slice(0, 200)}`, response.status);
    } catch (error) {
      failure = new PlaneFailure("The auth plane can't be reached", undefined, error);
    }
    return giveUp();
  };
  return { fetch: watched, failure: () => failure };
}

/**
 * True when GoTrue itself has spoken about the session: a JSON object, and of refusals one with GoTrue's error code.
 * Gateways in front of it (missing key, unknown route) give a `message` alone.
 */
export function isVerdict(status: number, body: string): boolean {
  if (status >= 500 || status === 408 || status === 429) return false;
  if (status === 204) return true;
  const answer = jsonObject(body);
  return answer !== null && (status < 300 || ["code", "error_code", "error"].some((name) => name in answer));
}

function jsonObject(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : null;
  } catch {
    return null;
  }
}
