import "server-only";
export { changeOwnPassword, endAdminSession, getAdminSession, listAdminSessions, logInAdmin, logOutAdmin } from "./admin-sessions.ts";
export { changeAdmin, createAdmin, createAdminByCommand, listAdmins, resetAdminByCommand, resetAdminPassword } from "./admins.ts";
export { exportAudit, listAudit } from "./audit.ts";
export { getOrganisation, getUser, listOrganisations, listUsers } from "./people.ts";
