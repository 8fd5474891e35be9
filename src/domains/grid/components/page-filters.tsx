"use client";

import Clock from "lucide-react/icons/clock";
import GitCompareArrows from "lucide-react/icons/git-compare-arrows";
import { useId, useState, type ReactNode, type SubmitEvent } from "react";
import { Button } from "#ui/button.tsx";
import { dayText, momentText, zoneClock } from "#ui/charts/zone-clock.ts";
import { Input } from "#ui/input.tsx";
import { Select } from "#ui/select.tsx";
import { addDays, comparableRegions, compareNames, comparePeriods, daysOf, rangeKinds, rangeNames, type Filters } from "#domains/grid/pages/filters.ts";
import { regionFacts } from "#domains/grid/labels.ts";
import type { PageZone } from "#domains/grid/pages/page-zones.ts";
import type { Region } from "#domains/grid/schema.ts";
import { AsKnownButton, AsKnownForm } from "./as-known.tsx";
import { LiveMark } from "./grid-news.tsx";
import { usePageFilters } from "./use-page-filters.ts";

interface PageFiltersProps {
  zones: readonly PageZone[];
  /** The page's own region, which isn't compared with itself. */
  region: Region;
}

const utc = zoneClock({ name: "UTC", offsets: [{ from: "1970-01-01T00:00:00Z", minutes: 0 }] });
const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** What the page's charts show: range, clocks, what they are compared with. All of it stands in the address. */
export function PageFilters({ zones, region }: PageFiltersProps) {
  const { filters, zone, today, now, change } = usePageFilters(zones);
  const { range } = filters;
  const days = today === null ? null : daysOf(range, today);
  const [choosing, setChoosing] = useState(false);
  const [dating, setDating] = useState(false);
  const formId = useId();
  const open = choosing || range.kind === "custom";
  const last = days && Date.parse(addDays(days.to, -1));
  const label = zone.label.replace(/ \(.*/, "").replace(/^.*, /, "");
  return (
    <div role="group" aria-label="Filters" className="page-filters print:hidden">
      <div role="group" aria-label="Range" className="segments">
        {rangeKinds.map((kind) => (
          <button key={kind} type="button" aria-pressed={range.kind === kind && !choosing} onClick={() => (setChoosing(false), change({ range: { kind } }))}>
            {rangeNames[kind]}
          </button>
        ))}
        <button type="button" aria-pressed={open} aria-expanded={open} onClick={() => setChoosing(!choosing)}>
          Custom
        </button>
      </div>
      <IconSelect label="Time zone" icon={<Clock />} value={zone.kind} choose={(kind) => change({ zone: zones.find((each) => each.kind === kind)?.kind ?? "operator" })}>
        {zones.map(({ kind, label: name }) => (
          <option key={kind} value={kind}>
            {name}
          </option>
        ))}
      </IconSelect>
      <IconSelect label="Compare" icon={<GitCompareArrows />} value={filters.compare} choose={(value) => change({ compare: compareOf(value) })}>
        <option value="off">Compare: off</option>
        {comparePeriods.map((period) => (
          <option key={period} value={period}>
            {compareNames[period]}
          </option>
        ))}
        {comparableRegions.filter((each) => each !== region).map((each) => (
          <option key={each} value={each}>
            {regionFacts[each].name}
          </option>
        ))}
      </IconSelect>
      <AsKnownButton asOf={filters.asOf} open={dating} setOpen={setDating} formId={formId} />
      <p className="page-filters-note">
        {days && last !== null && (days.from === addDays(days.to, -1)
          ? `${weekdays[new Date(last).getUTCDay()]} ${dayText(utc, last, true)}`
          : `${dayText(utc, Date.parse(days.from), days.from.slice(0, 4) !== days.to.slice(0, 4))}\u2009–\u2009${dayText(utc, last, true)}`)}
        {days && `, times in ${label}`}
        {filters.asOf === null ? <LiveMark /> : <span className="block text-warn">{`As known ${momentText(zoneClock({ name: zone.name, offsets: [{ from: filters.asOf, minutes: zone.minutes }] }), Date.parse(filters.asOf))}`}</span>}
      </p>
      {dating && <AsKnownForm key={filters.asOf} zone={zone} asOf={filters.asOf} now={now} change={(asOf) => change({ asOf })} setOpen={setDating} formId={formId} />}
      {open && days && today !== null && <CustomDays key={`${days.from} ${days.to}`} from={days.from} to={addDays(days.to, -1)} today={today} apply={(custom) => (setChoosing(false), change({ range: custom }))} />}
    </div>
  );
}

function compareOf(value: string): Filters["compare"] {
  return comparePeriods.find((period) => period === value) ?? comparableRegions.find((each) => each === value) ?? "off";
}

/** From and to as days, both included. */
function CustomDays({ from, to, today, apply }: { from: string; to: string; today: string; apply: (range: Filters["range"]) => void }) {
  const id = useId();
  const [problem, setProblem] = useState<string | null>(null);
  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    const [first = "", last = ""] = ["from", "to"].map((name) => {
      const value = values.get(name);
      return typeof value === "string" ? value : "";
    });
    const wrong = first === "" || last === "" ? "Choose both days." : last < first ? "The last day is before the first." : null;
    setProblem(wrong);
    if (wrong !== null) return event.currentTarget.querySelector<HTMLInputElement>(first === "" ? "[name=from]" : "[name=to]")?.focus();
    apply({ kind: "custom", from: first, to: last });
  }
  return (
    <form noValidate onSubmit={submit} aria-label="Custom range" className="flex w-full flex-wrap items-end gap-2">
      {([["from", "First day", from], ["to", "Last day", to]] as const).map(([name, label, value]) => (
        <label key={name} className="grid gap-1 text-13 text-muted">
          {label}
          <Input type="date" name={name} required defaultValue={value} min="1994-01-01" max={addDays(today, 35)} aria-invalid={problem !== null || undefined} aria-describedby={problem === null ? undefined : `${id}-problem`} className="text-text" />
        </label>
      ))}
      <Button type="submit">Show</Button>
      {problem !== null && (
        <p id={`${id}-problem`} role="alert" className="w-full text-13 text-bad">
          {problem}
        </p>
      )}
    </form>
  );
}

function IconSelect({ label, icon, value, choose, children }: { label: string; icon: ReactNode; value: string; choose: (value: string) => void; children: ReactNode }) {
  return (
    <label className="icon-select">
      {icon}
      <span className="sr-only">{label}</span>
      <Select value={value} onChange={(event) => choose(event.target.value)} className="border-line! pl-8 md:text-13!">
        {children}
      </Select>
    </label>
  );
}
