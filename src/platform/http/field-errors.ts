import type { z } from "zod";
import type { FieldError } from "#lib/errors.ts";

type Issue = z.core.$ZodIssue;

const maxErrors = 50;
const maxPathLength = 200;

/** What zod found wrong, by path, without the values it found. Of a union, the branch that came nearest speaks. */
export function fieldErrors(error: z.ZodError): FieldError[] {
  return error.issues.flatMap((issue) => flatten(issue, [])).slice(0, maxErrors);
}

function flatten(issue: Issue, parent: readonly PropertyKey[]): FieldError[] {
  const path = [...parent, ...issue.path];
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => fieldError([...path, key], "This field is not known here"));
  }
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    const branches = issue.errors.map((issues) => issues.flatMap((inner) => flatten(inner, path)));
    return branches.reduce((nearest, branch) => (branch.length < nearest.length ? branch : nearest));
  }
  return [fieldError(path, issue.message)];
}

/** The path as text. A key a client invented may be part of it, hence the bound. */
function fieldError(path: readonly PropertyKey[], message: string): FieldError {
  return { path: path.map(String).join(".").slice(0, maxPathLength), message };
}
