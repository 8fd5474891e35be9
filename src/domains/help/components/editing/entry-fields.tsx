import { Field, TextField } from "#ui/field.tsx";
import { Input, TextArea } from "#ui/input.tsx";
import { Select } from "#ui/select.tsx";
import { helpTopics } from "#domains/help/topics.ts";
import type { EntryDraft } from "#domains/help/components/editing/entry-draft.ts";
import { SourcesField } from "#domains/help/components/editing/sources-field.tsx";

interface EntryFieldsProps {
  draft: EntryDraft;
  onChange: (part: Partial<EntryDraft>) => void;
  readOnly: boolean;
  errors: ReadonlyMap<string, string>;
  /** Ids that `translates` may name. */
  ids: string[];
}

/** Everything of an entry but its text. */
export function EntryFields({ draft, onChange, readOnly, errors, ids }: EntryFieldsProps) {
  const { title, short, topic, language, translates, tags, questions, sources } = draft;
  const common = (name: string) => ({ name, error: errors.get(name) });
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <TextField label="Title" {...common("title")} required readOnly={readOnly} maxLength={120} value={title} lang={language} onChange={(event) => onChange({ title: event.target.value })} />
      <TextField label="Short text" {...common("short")} required readOnly={readOnly} maxLength={200} value={short} lang={language} onChange={(event) => onChange({ short: event.target.value })} />
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label="Topic" {...common("topic")}>
          {(control) => (
            <Select {...control} disabled={readOnly} value={topic} onChange={(event) => onChange({ topic: helpTopics.find((name) => name === event.target.value) ?? topic })}>
              {helpTopics.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Language" {...common("language")}>
          {(control) => (
            <Select {...control} disabled={readOnly} value={language} onChange={(event) => onChange({ language: event.target.value === "fr" ? "fr" : "en" })}>
              <option value="en">English</option>
              <option value="fr">French</option>
            </Select>
          )}
        </Field>
        <Field label="Translation of" {...common("translates")}>
          {(control) => (
            <>
              <Input {...control} list={`${control.id}-ids`} readOnly={readOnly} placeholder="None" autoComplete="off" value={translates} onChange={(event) => onChange({ translates: event.target.value })} />
              <datalist id={`${control.id}-ids`}>
                {ids.map((id) => (
                  <option key={id} value={id} />
                ))}
              </datalist>
            </>
          )}
        </Field>
      </div>
      <TextField label="Tags, joined by commas" {...common("tags")} readOnly={readOnly} value={tags} lang={language} onChange={(event) => onChange({ tags: event.target.value })} />
      <Field label="Questions it answers, one a line" {...common("questions")} hint="In readers’ own words: the search and Ask find the entry by them.">
        {(control) => <TextArea {...control} rows={5} readOnly={readOnly} value={questions} lang={language} onChange={(event) => onChange({ questions: event.target.value })} />}
      </Field>
      <SourcesField sources={sources} onChange={(changed) => onChange({ sources: changed })} readOnly={readOnly} errors={errors} />
    </div>
  );
}
