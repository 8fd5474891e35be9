"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { GuardedDataset } from "#domains/llm/index.ts";
import { api } from "#ui/api/client.ts";
import { Button } from "#ui/button.tsx";
import { FactList } from "#ui/fact-list.tsx";
import { Field, TextField } from "#ui/field.tsx";
import { Form, SubmitButton } from "#ui/form.tsx";
import { textOf, tickedOf } from "#ui/form-values.ts";
import { TextArea } from "#ui/input.tsx";
import { Select } from "#ui/select.tsx";
import { useSubmit } from "#ui/use-submit.ts";
import { tags, wordsOf } from "#app/admin/(console)/llm/consents/consent-words.ts";
import { TickBoxes } from "#app/admin/(console)/llm/consents/tick-boxes.tsx";

interface DatasetFormProps {
  /** The one to change; without it one is put under governance. */
  dataset?: GuardedDataset;
  /** Datasets that can be put under governance: their ids and names. */
  choices?: readonly { id: string; name: string }[];
  onClose: () => void;
}

/** What is known of a governed dataset: whose it is, what asks for consent, and who says so. */
export function DatasetForm({ dataset, choices = [], onClose }: DatasetFormProps) {
  const router = useRouter();
  // What was last sent was based on this; once another version was read, there is nothing more to read again.
  const [sent, setSent] = useState<number>();
  const readList = () => {
    onClose();
    router.refresh();
  };
  const submission = useSubmit(async (values) => {
    const text = (name: string) => textOf(values, name).trim();
    const version = dataset?.version ?? null;
    setSent(dataset?.version);
    const body = { version, steward: text("steward") || null, tags: tickedOf(values, "tags", tags), reason: text("reason") };
    await api.PUT("/api/admin/llm/datasets/{id}", { params: { path: { id: dataset?.id ?? text("id") } }, body });
    readList();
    return undefined;
  });
  const { errorOf, problem } = submission;
  const conflict = problem?.code === "CONFLICT";
  const wayOut = dataset ? sent === dataset.version && <Button onClick={() => router.refresh()}>Read it again</Button> : <Button onClick={readList}>Close and read the list</Button>;
  return (
    <Form submission={submission} refused="Nothing was changed" action={conflict && wayOut}>
      {!dataset && (
        <Field label="Dataset" name="id" error={errorOf("id")}>
          {(control) => (
            <Select {...control} required defaultValue="">
              <option value="">Choose one</option>
              {choices.map(({ id, name }) => (
                <option key={id} value={id}>
                  {`${name} (${id})`}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      <TextField
        label="Steward"
        name="steward"
        hint="The community or nation that decides. Left empty, nobody can consent, and no model reads the dataset."
        defaultValue={dataset?.steward ?? ""}
        maxLength={200}
        autoComplete="off"
        error={errorOf("steward")}
      />
      <TickBoxes label="Governed under" name="tags" options={tags} ticked={dataset?.tags ?? []} error={errorOf("tags")} />
      <Field label="Why, and who says so" name="reason" error={errorOf("reason")}>
        {(control) => <TextArea {...control} required rows={3} maxLength={1_000} defaultValue={dataset?.reason} />}
      </Field>
      {dataset && conflict && sent !== dataset.version && (
        <section aria-label="On record now" className="grid gap-2 rounded border bg-sunken p-3">
          <p className="text-13 font-strong">On record now; what you typed is above</p>
          <FactList facts={[["Steward", dataset.steward ?? "not known"], ["Governed under", wordsOf(tags, dataset.tags)], ["Why", dataset.reason]]} />
        </section>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <SubmitButton submission={submission} working="Saving">
          {dataset ? "Save" : "Put under governance"}
        </SubmitButton>
      </div>
    </Form>
  );
}
