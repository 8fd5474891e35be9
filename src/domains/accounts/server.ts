import "server-only";
export { changeOwnPassword, endAdminSession, getAdminSession, listAdminSessions, logInAdmin, logOutAdmin } from "./admin-sessions.ts";
