import type { ReactNode } from "react";
import type { z } from "zod";
import { PageHeader } from "#ui/page-header.tsx";

interface EntranceProps {
  title: string;
  help: ReactNode;
  children: ReactNode;
}

/** A page with one form, and under it the way to the others. */
export function Entrance({ title, help, children }: EntranceProps) {
  return (
    <div className="mx-auto grid max-w-[420px] content-start gap-4 md:pt-[6dvh]">
      <PageHeader title={title} help={help} />
      {children}
    </div>
  );
}

/** The query of a page, of which one value of a name counts. */
export type PageQuery = Promise<Record<string, string | string[] | undefined>>;

export async function queryOf(searchParams: PageQuery): Promise<(name: string) => string | undefined> {
  const values = await searchParams;
  return (name) => [values[name]].flat()[0];
}

/** What a list is asked for; from its beginning where the address names a place that isn't one of it. */
export function firstPageOr<Schema extends z.ZodType>(schema: Schema, asked: { cursor: string | undefined; limit?: number }): z.output<Schema> {
  const { cursor: _cursor, ...rest } = asked;
  return schema.safeParse(asked).data ?? schema.parse(rest);
}
