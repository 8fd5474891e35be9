/** Files of one record a line. */
import { createReadStream } from "node:fs";
import type { z } from "zod";

export interface Line {
  /** From 1, blank ones counted. */
  number: number;
  text: string;
}

/**
 * Lines of a UTF-8 file that aren't blank, read as they are wanted. Parted by line feeds only, unlike node:readline,
 * which also cuts at U+2028 in the middle of a JSON string. Throws with what to do when the file can't be read.
 */
export async function* readLines(path: string): AsyncGenerator<Line> {
  let number = 0;
  let rest = "";
  const lineOf = (text: string): Line[] => {
    number += 1;
    const line = (number === 1 ? text.replace(/^\uFEFF/, "") : text).replace(/\r$/, "");
    return line.trim() === "" ? [] : [{ number, text: line }];
  };
  try {
    for await (const piece of createReadStream(path, { encoding: "utf8" })) {
      const lines = (rest + String(piece)).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) yield* lineOf(line);
    }
  } catch (error) {
    throw readingError(path, error);
  }
  yield* lineOf(rest);
}

/** Parses each line as JSON of a shape. Throws with file, line and what is wrong there. */
export async function* readJsonLines<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): AsyncGenerator<{ number: number; value: z.infer<Schema> }> {
  for await (const { number, text } of readLines(path)) yield { number, value: parseJsonLine(path, number, text, schema) };
}

/** An Error that names file and line. */
export function lineError(path: string, number: number, message: string): Error {
  return new Error(`${path}, line ${number}: ${message}`);
}

function parseJsonLine<Schema extends z.ZodType>(path: string, number: number, text: string, schema: Schema): z.infer<Schema> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw lineError(path, number, "isn't JSON. Put one whole JSON object on each line.");
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => (issue.path.length === 0 ? issue.message : `"${issue.path.join(".")}": ${issue.message}`));
  throw lineError(path, number, `${issues.join("; ")}. Correct that line.`);
}

function readingError(path: string, error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR") return new Error(`${path} doesn't exist. Check the folder, or make the file.`);
  if (code === "EISDIR") return new Error(`${path} is a folder. A file of that name is wanted.`);
  if (code === "EACCES") return new Error(`${path} can't be read. Give this user the right to.`);
  return error;
}
