import Search from "lucide-react/icons/search";
import { Kbd } from "#ui/kbd.tsx";
import { PaletteButton } from "#ui/shell/palette-button.tsx";

/** Looks like a field, opens the palette. */
export function FindButton({ shortcut }: { shortcut: string }) {
  return (
    <PaletteButton className="flex h-control w-full flex-none items-center gap-2 rounded border bg-surface px-2 text-left text-13 text-muted hover:border-line-strong">
      <Search />
      Find or ask
      <Kbd className="ml-auto pointer-coarse:hidden">{shortcut}</Kbd>
    </PaletteButton>
  );
}
