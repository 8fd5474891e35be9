import { Card } from "#ui/card.tsx";
import { DataTable } from "#ui/data-table.tsx";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { sources } from "#domains/grid/server.ts";

/** What is read for a page of the grid: the sources whose ids begin with one of these publishers. */
export function RegionSources({ publishers }: { publishers: string[] }) {
  const read = sources.filter(({ id }) => publishers.some((publisher) => id.startsWith(`${publisher}.`)));
  return (
    <Card id="sources-read" title="Sources read here" help={<HelpButton id="data-licences" />}>
      <DataTable
        caption="Sources read here"
        rows={read}
        keyOf={({ id }) => id}
        columns={[
          { label: "Report", cell: ({ name, page }) => <a href={page}>{name}</a> },
          { label: "Publisher", cell: ({ publisher }) => publisher },
          { label: "Units", cell: ({ rules }) => rules.unit },
          { label: "Times", cell: ({ rules }) => rules.time },
          { label: "Licence", cell: ({ licence }) => <a href={licence.url}>{licence.name}</a> },
        ]}
      />
    </Card>
  );
}
