import { format } from "node:util";
import { redactLine } from "./log-redaction.ts";

const methods = ["error", "warn", "log", "info", "debug"] as const;

/** Takes credentials out of what is printed past the logger: Next prints the errors of pages and of the start as they are. */
export function redactConsole(target: Pick<Console, (typeof methods)[number]> = console): void {
  for (const method of methods) {
    const print = target[method].bind(target);
    target[method] = (...values: unknown[]) => print("%s", redactLine(format(...values)));
  }
}
