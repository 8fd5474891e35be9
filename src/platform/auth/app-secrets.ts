import { randomBytes } from "node:crypto";
import { z } from "zod";
import { processWide } from "#lib/process-wide.ts";
import { environment } from "#platform/config/environment.ts";
import { dataDirectoryPaths } from "#platform/db/data-directory.ts";
import { secretFile } from "./secret-file.ts";

const OwnSecrets = z.object({ session: z.string().min(43), pepper: z.string().min(43) });
type OwnSecrets = z.infer<typeof OwnSecrets>;

export interface AppSecrets {
  /** Sign sessions of administrators and CSRF tokens: the first one signs, all are believed. */
  session: [current: string, ...previous: string[]];
  /** Goes into administrators' password hashes. */
  pepper: string;
}

const holder = processWide<{ own: Map<string, Promise<OwnSecrets>> }>("app-secrets", () => ({ own: new Map() }));

/**
 * SESSION_SECRET and PASSWORD_PEPPER, or those that this installation made for itself in DATA_DIR. In production on
 * DATABASE_URL, which several processes may share, they must be set: throws an Error that names the missing one.
 */
export async function appSecrets(): Promise<AppSecrets> {
  const { SESSION_SECRET, SESSION_SECRET_PREVIOUS, PASSWORD_PEPPER, DATABASE_URL, NODE_ENV, DATA_DIR } = environment();
  if (NODE_ENV === "production" && DATABASE_URL !== undefined) {
    for (const [name, value] of Object.entries({ SESSION_SECRET, PASSWORD_PEPPER })) {
      if (value === undefined) throw new Error(`The configuration can't be used:\n  ${name}: is missing: production on DATABASE_URL needs it, the same for every process. Use what openssl rand -base64 48 gives.`);
    }
  }
  const own = SESSION_SECRET !== undefined && PASSWORD_PEPPER !== undefined ? undefined : await ownSecrets(dataDirectoryPaths(DATA_DIR).appSecrets);
  const current = SESSION_SECRET ?? own?.session ?? "";
  const previous = [SESSION_SECRET_PREVIOUS].filter((secret) => secret !== undefined);
  return { session: [current, ...previous], pepper: PASSWORD_PEPPER ?? own?.pepper ?? "" };
}

function ownSecrets(file: string): Promise<OwnSecrets> {
  const random = () => randomBytes(48).toString("base64url");
  const make = () => ({ session: random(), pepper: random() });
  const opening = holder.own.get(file) ?? secretFile(file, OwnSecrets, make, "administrators are signed out then, and need new passwords.");
  holder.own.set(file, opening);
  opening.catch(() => holder.own.delete(file));
  return opening;
}
