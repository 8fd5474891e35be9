import type { Stretch } from "#lib/marked-text.ts";

export function MarkedText({ stretches }: { stretches: Stretch[] }) {
  return stretches.map(({ text, marked }, index) =>
    marked ? (
      <mark key={index} className="rounded-[2px] bg-mark box-decoration-clone px-0.5 py-px text-text">
        {text}
      </mark>
    ) : (
      text
    ),
  );
}
