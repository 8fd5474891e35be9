"use client";

import { useRouter } from "next/navigation";
import { api } from "#ui/api/client.ts";
import { Button } from "#ui/button.tsx";
import { Field, TextField } from "#ui/field.tsx";
import { Form, SubmitButton } from "#ui/form.tsx";
import { textOf, tickedOf } from "#ui/form-values.ts";
import { TextArea } from "#ui/input.tsx";
import { useSubmit } from "#ui/use-submit.ts";
import { purposes } from "#app/admin/(console)/llm/consents/consent-words.ts";
import { TickBoxes } from "#app/admin/(console)/llm/consents/tick-boxes.tsx";

const dayMs = 86_400_000;

interface ConsentFormProps {
  dataset: string;
  steward: string;
  onClose: () => void;
}

/** What a steward decided about a dataset: for what, from when to when, and where that is on paper. */
export function ConsentForm({ dataset, steward, onClose }: ConsentFormProps) {
  const router = useRouter();
  const submission = useSubmit(async (values) => {
    const text = (name: string) => textOf(values, name).trim();
    const last = text("validUntil");
    const body = {
      steward, datasets: [dataset], purposes: tickedOf(values, "purposes", purposes), evidence: text("evidence"),
      validFrom: new Date(text("validFrom")).toISOString(),
      // A consent holds until an instant: the one at which its last day ends.
      validUntil: last === "" ? null : new Date(Date.parse(last) + dayMs).toISOString(),
    };
    await api.POST("/api/admin/llm/consents", { body });
    onClose();
    router.refresh();
    return undefined;
  });
  const { errorOf } = submission;
  return (
    <Form submission={submission} refused="No consent was recorded">
      <TickBoxes
        label={`${steward} lets ${dataset} be`}
        hint="Before a model reads the dataset, consent to that is asked for. What else was given is kept on record."
        name="purposes"
        options={purposes}
        error={errorOf("purposes")}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField label="First day (UTC)" name="validFrom" type="date" required defaultValue={new Date().toISOString().slice(0, 10)} error={errorOf("validFrom")} />
        <TextField label="Last day (UTC), if any" name="validUntil" type="date" error={errorOf("validUntil")} />
      </div>
      <Field label="Where the decision is on paper" name="evidence" error={errorOf("evidence")}>
        {(control) => <TextArea {...control} required rows={2} maxLength={1_000} placeholder="Band council resolution 2026-14" />}
      </Field>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <SubmitButton submission={submission} working="Recording">
          Record the consent
        </SubmitButton>
      </div>
    </Form>
  );
}
