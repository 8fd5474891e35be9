import { z } from "zod";
import { cursorOf } from "#platform/http/cursor.ts";
import { RowVersion } from "#platform/http/row-version.ts";
import { HelpBody, HelpFrontMatter, HelpId, HelpLanguage, HelpTopic } from "./schema.ts";

export const helpStatuses = ["published", "unpublished", "deleted"] as const;
/** Readers see published entries alone; a deleted one can be restored. */
export const HelpStatus = z.enum(helpStatuses);
export type HelpStatus = z.infer<typeof HelpStatus>;

/** What editors write: everything but the id, which an entry keeps for good. */
export const HelpContent = HelpFrontMatter.omit({ id: true }).extend({ body: HelpBody });
export type HelpContent = z.infer<typeof HelpContent>;

/** Counts an entry's saved texts from 1. */
export const RevisionNumber = RowVersion;
const Note = z.string().trim().max(300);

/** The newest revision that the editor knows; a change based on an older one is refused. */
const base = RevisionNumber;

/** Ids that addresses of the console need for themselves. */
const reserved = new Set(["new"]);

export const HelpCreateRequest = z.strictObject({
  id: HelpId.refine((id) => !reserved.has(id), "This id is used by Tieline itself. Choose another."),
  content: HelpContent,
  note: Note.optional(),
});
export type HelpCreateRequest = z.infer<typeof HelpCreateRequest>;

export const HelpSaveRequest = z.strictObject({ base, content: HelpContent, note: Note.optional() });
export type HelpSaveRequest = z.infer<typeof HelpSaveRequest>;

/** Publishes a revision, the newest one unless another is named. */
export const HelpPublishRequest = z.strictObject({ base, revision: RevisionNumber.optional() });
export type HelpPublishRequest = z.infer<typeof HelpPublishRequest>;

export const HelpChangeRequest = z.strictObject({ base });
export const HelpDeleteQuery = z.strictObject({ base: z.coerce.number().pipe(RevisionNumber) });

export const HelpRevisionParams = z.object({ id: HelpId, revision: z.coerce.number().pipe(RevisionNumber) });

/** One saved text without its content. */
export const HelpRevisionSummary = z.object({
  revision: RevisionNumber,
  title: z.string(),
  savedAt: z.iso.datetime(),
  author: z.string(),
  /** Written by the seed from a checked-in file. */
  checkedIn: z.boolean(),
  note: z.string(),
});
export type HelpRevisionSummary = z.infer<typeof HelpRevisionSummary>;

export const HelpRevision = HelpRevisionSummary.extend({ content: HelpContent });
export type HelpRevision = z.infer<typeof HelpRevision>;

/** An entry as its editors see it: the newest text, and what readers have. */
export const EditedHelpEntry = HelpRevision.extend({
  id: HelpId,
  status: HelpStatus,
  /** What readers see; null while they see nothing. Of a deleted entry, what its restoration brings back. */
  publishedRevision: RevisionNumber.nullable(),
  /** Names the newest content: SHA-256, hex. */
  hash: z.string(),
});
export type EditedHelpEntry = z.infer<typeof EditedHelpEntry>;

const limit = z.coerce.number().int().min(1).max(200).default(50);

export const HelpListQuery = z.strictObject({
  /** Words that all stand somewhere in the entry's newest text. */
  q: z.string().trim().max(200).optional(),
  /** Without it, everything that isn't deleted. */
  status: HelpStatus.optional(),
  topic: HelpTopic.optional(),
  language: HelpLanguage.optional(),
  /** `unpublished`: the newest text isn't what readers see. */
  changes: z.enum(["unpublished"]).optional(),
  /** Title and id of the last row. */
  cursor: cursorOf([z.string(), z.string()]).optional(),
  limit,
});
export type HelpListQuery = z.output<typeof HelpListQuery>;

export const HelpListItem = z.object({
  id: HelpId,
  title: z.string(),
  topic: HelpTopic,
  language: HelpLanguage,
  status: HelpStatus,
  revision: RevisionNumber,
  publishedRevision: RevisionNumber.nullable(),
  savedAt: z.iso.datetime(),
  author: z.string(),
});
export type HelpListItem = z.infer<typeof HelpListItem>;

export const HelpList = z.object({ items: z.array(HelpListItem), nextCursor: z.string().nullable() });
export type HelpList = z.infer<typeof HelpList>;

export const HelpRevisionsQuery = z.strictObject({ cursor: cursorOf([z.string().regex(/^[1-9]\d{0,8}$/)]).optional(), limit });
export type HelpRevisionsQuery = z.output<typeof HelpRevisionsQuery>;
export const HelpRevisionList = z.object({ items: z.array(HelpRevisionSummary), nextCursor: z.string().nullable() });
export type HelpRevisionList = z.infer<typeof HelpRevisionList>;

export const FeedbackQuery = z.strictObject({
  entry: HelpId.optional(),
  rating: z.coerce.number().int().min(1).max(5).optional(),
  handled: z.enum(["yes", "no"]).optional(),
  /** `yes`: only what says something besides the rating. */
  comment: z.enum(["yes"]).optional(),
  cursor: cursorOf([z.uuid()]).optional(),
  limit,
});
export type FeedbackQuery = z.output<typeof FeedbackQuery>;

export const FeedbackItem = z.object({
  id: z.uuid(),
  entryId: HelpId,
  entryTitle: z.string(),
  rating: z.number().int(),
  comment: z.string().nullable(),
  createdAt: z.iso.datetime(),
  handledAt: z.iso.datetime().nullable(),
});
export type FeedbackItem = z.infer<typeof FeedbackItem>;

export const FeedbackList = z.object({ items: z.array(FeedbackItem), nextCursor: z.string().nullable() });
export type FeedbackList = z.infer<typeof FeedbackList>;

/** What readers think of each entry that they rated, the worst first. */
export const FeedbackSummary = z.object({
  entries: z.array(
    z.object({
      entryId: HelpId,
      title: z.string(),
      ratings: z.number().int(),
      average: z.number(),
      unhandled: z.number().int(),
    }),
  ),
});
export type FeedbackSummary = z.infer<typeof FeedbackSummary>;

export const FeedbackChange = z.strictObject({ handled: z.boolean() });
