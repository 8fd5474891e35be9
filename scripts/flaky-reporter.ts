import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Reporter, TestCase } from "vitest/node";

export const flakyFile = "test-results/vitest-flaky.json";

/** Writes down which tests passed at their second try alone, and what kept them from passing at the first: a list of texts as JSON. */
export default class FlakyReporter implements Reporter {
  readonly #found: string[] = [];

  onTestCaseResult(test: TestCase): void {
    if (!test.diagnostic()?.flaky) return;
    const reasons = test.result().errors?.map(({ message }) => message) ?? [];
    this.#found.push(`${test.module.relativeModuleId} > ${test.fullName}\n${reasons.join("\n")}`);
  }

  onTestRunEnd(): void {
    mkdirSync(dirname(flakyFile), { recursive: true });
    writeFileSync(flakyFile, JSON.stringify(this.#found));
  }
}
