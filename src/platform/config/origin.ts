import { processWide } from "#lib/process-wide.ts";
import { environment } from "./environment.ts";

const listening = processWide<{ port: number | undefined }>("listening", () => ({ port: undefined }));

/** Says which port was taken, where PORT let the system choose. */
export function listensOn(port: number): void {
  listening.port = port;
}

/**
 * Where links that leave the application point: APP_URL, else this machine. Never what a request claims as its host,
 * which would let a stranger choose where somebody's mail leads.
 */
export function appOrigin(): string {
  const { APP_URL, PORT } = environment();
  return APP_URL === undefined ? `http://localhost:${listening.port ?? PORT}` : new URL(APP_URL).origin;
}

/** True where browsers reach the application over https: cookies are kept to it then, and to this host (prefix `__Host-`). */
export function isHttps(): boolean {
  const { APP_URL } = environment();
  return APP_URL !== undefined && new URL(APP_URL).protocol === "https:";
}
