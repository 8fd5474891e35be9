import "server-only";

export { createHelpEntry, deleteHelpEntry, publishHelpEntry, restoreHelpEntry, restoreHelpRevision, saveHelpEntry, unpublishHelpEntry } from "./edit.ts";
export { listHelpFeedback, markHelpFeedback, summariseHelpFeedback } from "./feedback.ts";
export { getEditedHelpEntry, getHelpRevision, listHelpEntries, listHelpRevisions } from "./revisions.ts";
export { forgetHelpEntries, getHelpEntry, getHelpManifest, helpVersion, leaveHelpFeedback, searchHelp } from "./service.ts";
export { seedHelp } from "./seed.ts";
