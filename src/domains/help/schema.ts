import { z } from "zod";
import { helpTopics } from "./topics.ts";

export { helpTopics };

export const HelpTopic = z.enum(helpTopics);
export type HelpTopic = z.infer<typeof HelpTopic>;

export const HelpLanguage = z.enum(["en", "fr"]);

export const HelpId = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "Lower-case words joined by hyphens").max(80);

/** Text of one line. */
const line = (max: number) => z.string().trim().min(1).max(max).regex(/^\P{Cc}*$/u, "Write it in one line, without control characters");

export const HelpSource = z.object({
  title: line(200),
  url: z.url({ protocol: /^https$/ }).max(2_000),
});
export type HelpSource = z.infer<typeof HelpSource>;

/** GitHub-flavoured Markdown; what readers see of it has no raw HTML and no images. */
export const HelpBody = z.string().trim().min(1).max(100_000);

/** Front matter of a file under supabase/seed/help. */
export const HelpFrontMatter = z.strictObject({
  id: HelpId,
  title: line(120),
  short: line(200),
  topic: HelpTopic,
  tags: z.array(line(40)).max(12),
  language: HelpLanguage.default("en"),
  /** The entry that this one says in another language. */
  translates: HelpId.optional(),
  /** Questions that it answers, in readers' own words: what a search finds it by beside its text. */
  questions: z.array(line(160)).max(12).default([]),
  sources: z.array(HelpSource).max(12),
});

export const HelpSummary = HelpFrontMatter.omit({ sources: true, questions: true }).extend({
  updatedAt: z.iso.datetime(),
});
export type HelpSummary = z.infer<typeof HelpSummary>;

export const HelpEntry = HelpFrontMatter.extend({
  body: HelpBody,
  updatedAt: z.iso.datetime(),
});
export type HelpEntry = z.infer<typeof HelpEntry>;

/** `bundled` is the copy shipped with this version, served while the database is away. */
export const HelpOrigin = z.enum(["database", "bundled"]);
export type HelpOrigin = z.infer<typeof HelpOrigin>;

export const HelpManifest = z.object({ origin: HelpOrigin, entries: z.array(HelpSummary) });
export type HelpManifest = z.infer<typeof HelpManifest>;

export const HelpEntryResponse = HelpEntry.extend({ origin: HelpOrigin });
export type HelpEntryResponse = z.infer<typeof HelpEntryResponse>;

export const HelpSearchQuery = z.strictObject({
  q: z.string().trim().min(1).max(200),
  limit: z.coerce.number().int().min(1).max(50).default(10),
  /** Only entries in this language. */
  language: HelpLanguage.optional(),
  /** Only entries that bear this tag. */
  tag: z.string().trim().min(1).max(40).optional(),
});
export type HelpSearchQuery = z.infer<typeof HelpSearchQuery>;

export const HelpSearchResult = z.object({
  results: z.array(
    z.object({
      id: HelpId,
      title: z.string(),
      short: z.string(),
      topic: HelpTopic,
      /** Heading of the section that matched best, null for the entry's opening. */
      heading: z.string().nullable(),
      /** The part of that section that says most about the question, verbatim. */
      snippet: z.string(),
      /** Where the question's words stand in the snippet. */
      marks: z.array(z.object({ start: z.number().int(), end: z.number().int() })),
      language: HelpLanguage,
      score: z.number(),
    }),
  ),
});
export type HelpSearchResult = z.infer<typeof HelpSearchResult>;

export const HelpFeedbackRequest = z.strictObject({
  rating: z.number().int().min(1).max(5),
  comment: z.string().trim().max(2_000).optional(),
});
export type HelpFeedbackRequest = z.infer<typeof HelpFeedbackRequest>;

export const FeedbackReceipt = z.object({ id: z.uuid() });
