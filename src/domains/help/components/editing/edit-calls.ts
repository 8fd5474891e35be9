import { api } from "#ui/api/client.ts";
import type { EditedHelpEntry, HelpContent } from "#domains/help/edit-schema.ts";

/** The changes an editor makes; each throws when it is refused, and answers the entry as it is then. */
const of = (id: string) => ({ params: { path: { id } } });

interface Text {
  content: HelpContent;
  note: string;
}

export async function createEntry(id: string, text: Text): Promise<EditedHelpEntry> {
  return answered(await api.POST("/api/admin/help", { body: { id, ...text } }));
}

export async function readEntry(id: string): Promise<EditedHelpEntry> {
  return answered(await api.GET("/api/admin/help/{id}", of(id)));
}

export async function saveEntry(id: string, base: number, text: Text): Promise<EditedHelpEntry> {
  return answered(await api.PUT("/api/admin/help/{id}", { ...of(id), body: { base, ...text } }));
}

export async function publishEntry(id: string, base: number, revision = base): Promise<EditedHelpEntry> {
  return answered(await api.POST("/api/admin/help/{id}/publish", { ...of(id), body: { base, revision } }));
}

export async function unpublishEntry(id: string, base: number): Promise<EditedHelpEntry> {
  return answered(await api.POST("/api/admin/help/{id}/unpublish", { ...of(id), body: { base } }));
}

export async function deleteEntry(id: string, base: number): Promise<EditedHelpEntry> {
  return answered(await api.DELETE("/api/admin/help/{id}", { params: { path: { id }, query: { base } } }));
}

export async function restoreEntry(id: string, base: number): Promise<EditedHelpEntry> {
  return answered(await api.POST("/api/admin/help/{id}/restore", { ...of(id), body: { base } }));
}

export async function restoreRevision(id: string, revision: number, base: number): Promise<EditedHelpEntry> {
  return answered(await api.POST("/api/admin/help/{id}/revisions/{revision}/restore", { params: { path: { id, revision } }, body: { base } }));
}

/** A refusal has been thrown before this; without data there was no answer. */
function answered<Data>({ data }: { data?: Data }): Data {
  if (data === undefined) throw new TypeError("The answer was empty");
  return data;
}
