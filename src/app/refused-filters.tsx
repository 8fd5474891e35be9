import { StateMessage } from "#ui/state-message.tsx";

/** Says which filters of the address make no sense. */
export function RefusedFilters({ names }: { names: string[] }) {
  if (names.length === 0) return null;
  return (
    <div className="mb-4">
      <StateMessage kind="partial" title="A part of this address makes no sense and was left out">
        {names.join(", ")}
      </StateMessage>
    </div>
  );
}
