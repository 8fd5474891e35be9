"use client";

import { Command } from "cmdk";
import BookOpen from "lucide-react/icons/book-open";
import MessageCircleQuestionMark from "lucide-react/icons/message-circle-question-mark";
import Search from "lucide-react/icons/search";
import { useRouter } from "next/navigation";
import { useState, type ReactNode } from "react";
import { askHref } from "#domains/assistant/components/ask-href.ts";
import { useManifest, type ManifestState } from "#domains/help/components/use-manifest.ts";
import { find, looksLikeQuestion } from "#app/palette/palette-search.ts";
import type { PalettePanelProps } from "#app/palette/palette.tsx";
import { PaletteNote } from "#app/palette/palette-note.tsx";

const entriesShown = 8;

interface Choice {
  href: string;
  label: string;
  icon: ReactNode;
  note?: string;
}

export function PalettePanel({ pages, onClose }: PalettePanelProps) {
  const [query, setQuery] = useState("");
  const manifest = useManifest();
  const router = useRouter();

  function go(href: string) {
    onClose();
    router.push(href);
  }

  const question = query.trim();
  const asking = question && (
    <Group heading="Ask" choices={[{ href: askHref(question), label: `Ask “${question}”`, icon: <MessageCircleQuestionMark /> }]} onGo={go} />
  );

  return (
    <Command label="Find or ask" shouldFilter={false} loop className="flex max-h-full flex-col sm:max-h-[70dvh]">
      <div className="flex items-center gap-2 border-b px-4 text-muted">
        <Search />
        <Command.Input
          autoFocus
          value={query}
          onValueChange={setQuery}
          placeholder="Find a page or a term, or ask a question"
          maxLength={2_000}
          className="h-14 min-w-0 flex-1 bg-transparent text-16 text-text outline-none"
        />
        <button type="button" onClick={onClose} className="rounded-small border px-1.5 py-1 text-12 leading-none max-md:min-h-11 max-md:px-3">
          <span className="max-md:hidden">Esc</span>
          <span className="md:hidden">Close</span>
        </button>
      </div>
      <Command.List className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-2 sm:min-h-[164px]">
        {looksLikeQuestion(query) && asking}
        <Group heading="Pages" choices={find(pages, query)} onGo={go} />
        {question && <Group heading="Help" choices={foundEntries(manifest, query)} onGo={go} />}
        {!looksLikeQuestion(query) && asking}
      </Command.List>
      <PaletteNote manifest={manifest} searching={question !== ""} shown={entriesShown} found={matches(manifest, query).length} />
    </Command>
  );
}

function matches(manifest: ManifestState, query: string) {
  if (manifest.step !== "ready") return [];
  const entries = manifest.manifest.entries.map((entry) => ({ ...entry, label: entry.title, keywords: [...entry.tags, entry.short] }));
  return find(entries, query);
}

function foundEntries(manifest: ManifestState, query: string): Choice[] {
  return matches(manifest, query)
    .slice(0, entriesShown)
    .map(({ id, title, topic }) => ({ href: `/help/${id}`, label: title, icon: <BookOpen />, note: topic }));
}

function Group({ heading, choices, onGo }: { heading: string; choices: Choice[]; onGo: (href: string) => void }) {
  if (choices.length === 0) return null;
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-12 [&_[cmdk-group-heading]]:text-muted"
    >
      {choices.map(({ href, label, icon, note }) => (
        <Command.Item
          key={href}
          value={href}
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
