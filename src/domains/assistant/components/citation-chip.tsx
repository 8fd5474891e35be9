import { useContext, createContext } from "react";

export interface OpenPassage {
  turnId: string;
  n: number;
}

interface Passages {
  open: OpenPassage | undefined;
  toggle: (passage: OpenPassage, opener: HTMLElement) => void;
}

export const PassagesContext = createContext<Passages>({ open: undefined, toggle: () => undefined });

interface CitationChipProps extends OpenPassage {
  title: string;
}

/** The number of a source; opens its passage beside the text. */
export function CitationChip({ turnId, n, title }: CitationChipProps) {
  const { open, toggle } = useContext(PassagesContext);
  return (
    <button
      type="button"
      className="cite"
      aria-label={`Source ${n}: ${title}`}
      aria-expanded={open?.turnId === turnId && open.n === n}
      onClick={(event) => toggle({ turnId, n }, event.currentTarget)}
    >
      {n}
    </button>
  );
}
