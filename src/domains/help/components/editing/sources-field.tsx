import X from "lucide-react/icons/x";
import { Button } from "#ui/button.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { TextField } from "#ui/field.tsx";
import type { EntryDraft } from "#domains/help/components/editing/entry-draft.ts";

const most = 12;

interface SourcesFieldProps {
  sources: EntryDraft["sources"];
  onChange: (sources: EntryDraft["sources"]) => void;
  readOnly: boolean;
  errors: ReadonlyMap<string, string>;
}

/** Where an entry's facts come from: rows of a title and an address. */
export function SourcesField({ sources, onChange, readOnly, errors }: SourcesFieldProps) {
  const set = (index: number, part: Partial<EntryDraft["sources"][number]>) => onChange(sources.map((source, at) => (at === index ? { ...source, ...part } : source)));
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-13 font-strong">Sources</legend>
      {sources.length === 0 && <p className="text-13 text-muted">None yet. Readers see them below the text.</p>}
      {sources.map(({ title, url }, index) => (
        <div key={index} className="grid items-start gap-2 border-t pt-2 first-of-type:border-t-0 sm:grid-cols-[1fr_1fr_auto] sm:border-t-0 sm:pt-0">
          <TextField label={`Title of source ${index + 1}`} name={`sources.${index}.title`} value={title} readOnly={readOnly} error={errors.get(`sources.${index}.title`)} onChange={(event) => set(index, { title: event.target.value })} />
          <TextField label={`Address of source ${index + 1}`} name={`sources.${index}.url`} type="url" inputMode="url" placeholder="https://" value={url} readOnly={readOnly} error={errors.get(`sources.${index}.url`)} onChange={(event) => set(index, { url: event.target.value })} />
          {!readOnly && (
            <IconButton label={`Remove source ${index + 1}`} className="sm:mt-6" onClick={() => onChange(sources.filter((_, at) => at !== index))}>
              <X />
            </IconButton>
          )}
        </div>
      ))}
      {errors.has("sources") && <p className="text-13 text-bad">{errors.get("sources")}</p>}
      {!readOnly && sources.length < most && (
        <div>
          <Button onClick={() => onChange([...sources, { title: "", url: "" }])}>Add a source</Button>
        </div>
      )}
    </fieldset>
  );
}
