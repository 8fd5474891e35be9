import "server-only";

export { forgetHelpEntries, getHelpEntry, getHelpManifest, helpVersion, leaveHelpFeedback, searchHelp } from "#domains/help/service.ts";
export { seedHelp } from "#domains/help/seed.ts";
