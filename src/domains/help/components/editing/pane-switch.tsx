import { cx } from "#ui/class-names.ts";

const panes = { text: "Text", preview: "Preview" } as const;
export type Pane = keyof typeof panes;

/** On narrow screens the text and its preview take turns. */
export function PaneSwitch({ pane, onChange }: { pane: Pane; onChange: (pane: Pane) => void }) {
  return (
    <div role="group" aria-label="Show" className="flex w-fit overflow-clip rounded border bg-surface lg:hidden">
      {(Object.keys(panes) as Pane[]).map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={name === pane}
          onClick={() => onChange(name)}
          className={cx("h-control border-l px-4 text-13 text-muted first:border-l-0 hover:text-text", "aria-pressed:bg-here aria-pressed:font-strong aria-pressed:text-text")}
        >
          {panes[name]}
        </button>
      ))}
    </div>
  );
}
