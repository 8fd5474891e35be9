/** Where accounts and sessions are kept: an API as GoTrue has it, at `url`/auth/v1. */
export interface AuthPlane {
  url: string;
  publishableKey: string;
  /** How its API is called: over HTTP, or inside the process. */
  fetch: typeof fetch;
}
