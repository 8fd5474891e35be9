import { type DatedConsultation, formatPartialDate, placeName } from "#domains/resilience/index.ts";
import { OutsideLink, SourceList } from "./source-list.tsx";

/** Consultations, as they are sorted; each has an address of its own. */
export function ConsultationList({ consultations }: { consultations: DatedConsultation[] }) {
  return (
    <ul className="rows">
      {consultations.map((consultation) => (
        <li key={consultation.id} id={consultation.id} className="scroll-mt-4 py-4 first:pt-1 last:pb-1">
          <Consultation {...consultation} />
        </li>
      ))}
    </ul>
  );
}

function Consultation({ title, body, regions, opens, closes, summary, outcome, url, indigenousGovernance, sources, status }: DatedConsultation) {
  return (
    <article className="grid gap-x-6 gap-y-2 md:grid-cols-[200px_minmax(0,1fr)]">
      <div className="text-13 text-muted">
        <p className="text-text">
          {formatPartialDate(opens)} to {formatPartialDate(closes)}
        </p>
        <p>{body}</p>
        <p>{regions.map(placeName).join(", ")}</p>
      </div>
      <div className="grid max-w-measure gap-2">
        <h3 className="text-14">
          <OutsideLink href={url}>{title}</OutsideLink>
        </h3>
        <p className="text-13">{summary}</p>
        {outcome !== null && (
          <p className="text-13">
            <b>{status === "closed" ? "Since then: " : "So far: "}</b>
            {outcome}
          </p>
        )}
        {indigenousGovernance !== null && (
          <p className="rounded-small border-l-2 border-accent bg-accent-soft px-3 py-2 text-13">
            <b>Indigenous governance: </b>
            {indigenousGovernance}
          </p>
        )}
        <SourceList sources={sources} />
      </div>
    </article>
  );
}
