import { Select } from "#ui/select.tsx";

/** One of several values, or all. */
export function Choice({ name, value, all, names }: { name: string; value: string | undefined; all: string; names: Readonly<Record<string, string>> }) {
  return (
    // A value from the address is the choice anew whenever the address changes.
    <Select key={value ?? ""} name={name} defaultValue={value ?? ""}>
      <option value="">{all}</option>
      {Object.entries(names).map(([id, words]) => (
        <option key={id} value={id}>{words}</option>
      ))}
    </Select>
  );
}
