import "server-only";

export { forgetHelpEntries, getHelpEntry, getHelpManifest, helpVersion, leaveHelpFeedback, searchHelp } from "./service.ts";
export { seedHelp } from "./seed.ts";
