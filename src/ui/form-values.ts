/** The text of a field; empty without one. */
export function textOf(values: FormData, name: string): string {
  const value = values.get(name);
  return typeof value === "string" ? value : "";
}

/** Those of some choices that are ticked, by the name of their boxes. */
export function tickedOf<Id extends string>(values: FormData, name: string, options: readonly { id: Id }[]): Id[] {
  return options.map(({ id }) => id).filter((id) => values.getAll(name).includes(id));
}
