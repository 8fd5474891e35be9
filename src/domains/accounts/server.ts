import "server-only";
export { changeOwnPassword, endAdminSession, listAdminSessions, logInAdmin, logOutAdmin, sessionOf as adminSessionOf } from "./admin-sessions.ts";
export { changeAdmin, createAdmin, createAdminByCommand, listAdmins, resetAdminByCommand, resetAdminPassword } from "./admins.ts";
export { exportAudit, listAudit } from "./audit.ts";
export { getOrganisation, getUser, listOrganisations, listUsers } from "./people.ts";

export { deleteAccount, deleteLoginJob } from "./account-deletion.ts";
export { exportAccount } from "./account-export.ts";
export { confirm, resetPassword, sendRecovery } from "./account-recovery.ts";
export { isSignUpOpen, logIn, logOut, signUp } from "./account-sessions.ts";
export { changeEmail, changePassword, findPerson, getAccount, renameAccount } from "./accounts.ts";

export { listActivity } from "./activity.ts";
export { createKey, listKeys, revokeKey } from "./api-keys.ts";
export { acceptInvitation, findInvitation, inviteMember, listInvitations, revokeInvitation } from "./invitations.ts";
export { changeMemberRole, listMembers, removeMember } from "./members.ts";
export { exportOrganisation } from "./organisation-export.ts";
export { chooseOrganisation, createOrganisation, deleteOrganisation, findOrganisationName, getActiveOrganisation, listJoinedOrganisations, renameOrganisation } from "./organisations.ts";
