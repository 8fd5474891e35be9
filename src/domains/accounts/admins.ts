import { AppError } from "#lib/errors.ts";
import { newId } from "#lib/ids.ts";
import { adminSessionIdleMinutes } from "#platform/auth/admin-session.ts";
import { hashPassword } from "#platform/auth/passwords.ts";
import { system, type Admin, type Principal } from "#platform/auth/principal.ts";
import { audit } from "#platform/db/audit.ts";
import { db, type Tx } from "#platform/db/unit-of-work.ts";
import { makePassword, requireStrongPassword } from "./admin-password.ts";
import * as queries from "./admin-queries.ts";
import type { AdminAccount, AdminChange, NewAdmin } from "./admin-schema.ts";

const noSuchAdmin = () => new AppError("NOT_FOUND", { detail: "There is no such administrator." });

/** Every administrator, by name. */
export function listAdmins(admin: Admin): Promise<AdminAccount[]> {
  return db.as(admin, (tx) => queries.listAdmins(tx, adminSessionIdleMinutes));
}

/** Adds an administrator under a password made here, which this answer alone holds. Throws CONFLICT for an e-mail that is one's already. */
export async function createAdmin(by: Admin, row: NewAdmin): Promise<{ admin: AdminAccount; password: string }> {
  const password = makePassword();
  return { admin: await addAdmin(by, row, password), password };
}

/** Adds an administrator under the password they chose, from this machine's own command line. Throws INVALID_REQUEST, CONFLICT. */
export async function createAdminByCommand(row: NewAdmin, password: string): Promise<AdminAccount> {
  requireStrongPassword(password, row.email, "password");
  return addAdmin(system("admin:create"), row, password);
}

/** Gives the administrator with this e-mail a new password and, if named, name and role; also lets somebody disabled in again. Throws NOT_FOUND, INVALID_REQUEST. */
export async function resetAdminByCommand(row: { email: string } & Partial<NewAdmin>, password: string): Promise<AdminAccount> {
  requireStrongPassword(password, row.email, "password");
  const passwordHash = await hashPassword(password);
  return db.as(system("admin:create"), async (tx) => {
    await queries.lockAdmins(tx);
    const known = await queries.findCredentials(tx, { email: row.email });
    if (!known) throw noSuchAdmin();
    const change = { ...(row.name === undefined ? {} : { name: row.name }), ...(row.role === undefined ? {} : { role: row.role }) };
    await requireAnotherSuperAdmin(tx, known, { ...change, disabled: false });
    await queries.updateAdmin(tx, known.id, { ...change, disabled: false, passwordHash });
    await queries.revokeSessionsOf(tx, known.id);
    await audit(tx, "admin.password_reset", known.email, { after: { ...change, enabled: true } });
    return accountOf(tx, known.id);
  });
}

async function addAdmin(by: Principal, row: NewAdmin, password: string): Promise<AdminAccount> {
  const [id, passwordHash] = [newId(), await hashPassword(password)];
  return db.as(by, async (tx) => {
    await queries.lockAdmins(tx);
    await requireStillSuperAdmin(tx, by);
    if (!(await queries.insertAdmin(tx, { ...row, id, passwordHash }))) {
      throw new AppError("CONFLICT", { detail: `${row.email} is an administrator already.`, errors: [{ path: "email", message: "This is an administrator already." }] });
    }
    await audit(tx, "admin.created", row.email, { after: { name: row.name, role: row.role } });
    return accountOf(tx, id);
  });
}

/**
 * Changes an administrator's name, role, or whether they may come in. A changed role or a door that closes ends their
 * sessions. Throws NOT_FOUND, and CONFLICT for what would leave no super administrator.
 */
export async function changeAdmin(by: Admin, id: string, change: AdminChange): Promise<AdminAccount> {
  return db.as(by, async (tx) => {
    await queries.lockAdmins(tx);
    await requireStillSuperAdmin(tx, by);
    const known = await queries.findCredentials(tx, { id });
    if (!known) throw noSuchAdmin();
    await requireAnotherSuperAdmin(tx, known, change);
    const before = { name: known.name, role: known.role, disabled: known.disabled };
    const after = { name: change.name ?? known.name, role: change.role ?? known.role, disabled: change.disabled ?? known.disabled };
    const changed = (["name", "role", "disabled"] as const).filter((name) => before[name] !== after[name]);
    if (changed.length === 0) return accountOf(tx, id);
    await queries.updateAdmin(tx, id, after);
    if (before.role !== after.role || after.disabled) await queries.revokeSessionsOf(tx, id);
    const only = (values: typeof before) => Object.fromEntries(changed.map((name) => [name, values[name]]));
    await audit(tx, "admin.changed", known.email, { before: only(before), after: only(after) });
    return accountOf(tx, id);
  });
}

/** Gives an administrator a new password, which this answer alone holds, and ends their sessions. Throws NOT_FOUND. */
export async function resetAdminPassword(by: Admin, id: string): Promise<{ admin: AdminAccount; password: string }> {
  const password = makePassword();
  const passwordHash = await hashPassword(password);
  return db.as(by, async (tx) => {
    await queries.lockAdmins(tx);
    await requireStillSuperAdmin(tx, by);
    const known = await queries.findCredentials(tx, { id });
    if (!known) throw noSuchAdmin();
    await queries.updateAdmin(tx, id, { passwordHash });
    const ended = await queries.revokeSessionsOf(tx, id);
    await audit(tx, "admin.password_reset", known.email, { after: { sessionsEnded: ended } });
    return { admin: await accountOf(tx, id), password };
  });
}

async function accountOf(tx: Tx, id: string): Promise<AdminAccount> {
  const [account] = await queries.listAdmins(tx, adminSessionIdleMinutes, id);
  if (!account) throw noSuchAdmin();
  return account;
}

/** A request that another one has overtaken must not use a role that its sender has lost meanwhile. */
async function requireStillSuperAdmin(tx: Tx, by: Principal): Promise<void> {
  if (by.kind !== "admin") return;
  const now = await queries.findCredentials(tx, { id: by.adminId });
  if (!now || now.disabled || now.role !== "super_admin") throw new AppError("ADMIN_FORBIDDEN");
}

/** To be called with the lock of lockAdmins: otherwise two requests could each see the other's administrator stay. */
async function requireAnotherSuperAdmin(tx: Tx, known: queries.AdminCredentials, { role = known.role, disabled = known.disabled }: Pick<AdminChange, "role" | "disabled">): Promise<void> {
  const was = known.role === "super_admin" && !known.disabled;
  const stays = role === "super_admin" && !disabled;
  if (was && !stays && (await queries.countOtherSuperAdmins(tx, known.id)) === 0) {
    throw new AppError("CONFLICT", { detail: `${known.name} is the last super administrator who can log in. Make somebody else one first.` });
  }
}
