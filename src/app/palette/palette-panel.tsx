"use client";

import { Command } from "cmdk";
import Search from "lucide-react/icons/search";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useManifest } from "#domains/help/components/use-manifest.ts";
import type { PalettePanelProps } from "#app/palette/palette-page.ts";
import { PaletteNote } from "#app/palette/palette-note.tsx";
import { entriesOf, entriesShown, sections, type Section } from "#app/palette/palette-sections.tsx";

export function PalettePanel({ pages, onClose }: PalettePanelProps) {
  const [query, setQuery] = useState("");
  /** What the reader moved to; until then, the first line is marked. */
  const [moved, setMoved] = useState<string>();
  const [manifest, retry] = useManifest();
  const router = useRouter();
  const found = entriesOf(manifest, query);
  const shown = sections(pages, found, query);

  function go(href: string) {
    onClose();
    router.push(href);
  }

  return (
    <Command
      label="Find or ask"
      shouldFilter={false}
      loop
      value={moved ?? shown[0]?.choices[0]?.id ?? ""}
      onValueChange={setMoved}
      className="flex flex-col max-sm:h-full sm:max-h-[70dvh]"
    >
      <div className="flex items-center gap-2 border-b px-4 text-muted">
        <Search />
        <Command.Input
          autoFocus
          data-focus-first
          value={query}
          onValueChange={(text) => {
            setQuery(text);
            setMoved(undefined);
          }}
          placeholder="Find a page or a term, or ask"
          maxLength={2_000}
          className="h-14 min-w-0 flex-1 bg-transparent text-16 text-text outline-none"
        />
        <button type="button" onClick={onClose} className="rounded-small px-1.5 py-1 text-12 leading-none max-md:-mr-3 max-md:min-h-11 max-md:px-3 max-md:text-14 md:border">
          <span className="max-md:hidden">Esc</span>
          <span className="md:hidden">Close</span>
        </button>
      </div>
      <Command.List className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-2 sm:min-h-[164px]">
        {shown.map((section) => (
          <Group key={section.heading} section={section} onGo={go} />
        ))}
      </Command.List>
      <PaletteNote manifest={manifest} onRetry={retry} searching={query.trim() !== ""} shown={entriesShown} found={found.length} />
    </Command>
  );
}

function Group({ section, onGo }: { section: Section; onGo: (href: string) => void }) {
  return (
    <Command.Group
      heading={section.heading}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-12 [&_[cmdk-group-heading]]:text-muted"
    >
      {section.choices.map(({ id, href, label, icon, note }) => (
        <Command.Item
          key={id}
          value={id}
          onSelect={() => onGo(href)}
          className="flex min-h-9 cursor-pointer items-center gap-2 rounded px-2 py-1.5 text-14 data-[selected=true]:bg-here max-md:min-h-11 [&_.lucide]:text-muted"
        >
          {icon}
          <span className="min-w-0 truncate">{label}</span>
          {note && <span className="ml-auto flex-none pl-2 text-12 text-muted max-sm:hidden">{note}</span>}
        </Command.Item>
      ))}
    </Command.Group>
  );
}
