import { formatDuration } from "#lib/format-number.ts";
import type { HealthCheck } from "#platform/observability/health-schema.ts";
import { checkTitle, stateWords } from "#app/(public)/status/check-words.ts";
import { StateLine } from "#app/(public)/status/state-line.tsx";

export function ReadinessTable({ checks }: { checks: HealthCheck[] }) {
  return (
    <table className="data-table mt-2">
      <thead>
        <tr>
          <th scope="col">Part</th>
          <th scope="col" className="max-sm:hidden">
            What the check found
          </th>
          <th scope="col">Took</th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        {checks.map((check) => (
          <tr key={check.name}>
            <th scope="row">
              {checkTitle(check)}
              <span className="block font-regular text-muted sm:hidden">{check.detail}</span>
            </th>
            <td className="text-muted max-sm:hidden">{check.detail}</td>
            <td className="whitespace-nowrap">{formatDuration(check.durationMs)}</td>
            <td>
              <StateLine state={check.state}>{stateWords[check.state]}</StateLine>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
