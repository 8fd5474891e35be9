/**
 * npm run admin:create -- --email ana@example.com --name "Ana Roy" [--role viewer|admin|super_admin] [--reset] [--password-stdin]
 * Adds an administrator, or with --reset gives one a new password. The password is asked for, or read from stdin.
 */
import { parseArgs } from "node:util";
import { z } from "zod";
import { NewAdmin } from "#domains/accounts/index.ts";
import { createAdminByCommand, resetAdminByCommand } from "#domains/accounts/server.ts";
import { isAppError } from "#lib/errors.ts";
import { readPassword } from "./read-password.ts";
import { runOnDatabase } from "./run.ts";

const usage = 'npm run admin:create -- --email ana@example.com --name "Ana Roy" [--role viewer|admin|super_admin] [--reset] [--password-stdin]';

await runOnDatabase(async () => {
  const { email, name, role, reset, fromStdin } = options();
  const change = checked(NewAdmin.partial({ name: true, role: true }), { email, name, role });
  const created = reset ? null : checked(NewAdmin, { email, name, role: role ?? "super_admin" });
  const password = await readPassword(fromStdin);
  try {
    const admin = created ? await createAdminByCommand(created, password) : await resetAdminByCommand(change, password);
    console.log(`${admin.name} <${admin.email}> ${reset ? "has a new password" : "was added"}, as ${admin.role}. Log in at /admin.`);
  } catch (error) {
    if (!isAppError(error)) throw error;
    const advice = error.code === "CONFLICT" && !reset ? " To give them a new password, run the same with --reset." : "";
    throw new Error(`${error.detail ?? error.message}${advice}`, { cause: undefined });
  }
});

function checked<Schema extends z.ZodType>(schema: Schema, values: unknown): z.output<Schema> {
  const result = schema.safeParse(values);
  if (!result.success) throw new Error(`${z.prettifyError(result.error)}\nUsage: ${usage}`);
  return result.data;
}

function options() {
  try {
    const { values } = parseArgs({
      options: {
        email: { type: "string" }, name: { type: "string" }, role: { type: "string" }, reset: { type: "boolean", default: false }, "password-stdin": { type: "boolean", default: false },
      },
    });
    const { email, name, role, reset, "password-stdin": fromStdin } = values;
    if (email === undefined || (name === undefined && !reset)) throw new Error("--email and --name are needed.");
    return { email, name, role, reset, fromStdin };
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : ""}\nUsage: ${usage}`, { cause: undefined });
  }
}
