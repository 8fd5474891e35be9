import { z } from "zod";
import type { Principal } from "#platform/auth/principal.ts";
import { anonymous, system } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { calibrateOn, type Calibration, type LabelledScore } from "./answerable.ts";
import * as queries from "./queries.ts";
import { retrieve } from "./retrieve.ts";
import type { RetrievalMode } from "./schema.ts";

/** A line of a labelled set: said outright, or by the documents that answer it, as in tests/evaluations/golden. */
export const CalibrationQuestion = z
  .object({ question: z.string().min(1), answerable: z.boolean().optional(), relevant: z.record(z.string(), z.number()).optional() })
  .refine(({ answerable, relevant }) => answerable !== undefined || relevant !== undefined, "Say whether it is answerable, or by which documents")
  .transform(({ question, answerable, relevant }) => ({ question, answerable: answerable ?? Object.keys(relevant ?? {}).length > 0 }));
export type CalibrationQuestion = z.output<typeof CalibrationQuestion>;

const questionsPerStatement = 20;
const passagesPerQuestion = 10;
/** Reads what a tenant's members read. */
const nobody = "00000000-0000-0000-0000-000000000000";

/**
 * Finds from where on the passages of a corpus (a tenant's, or the public one) answer a question, refusing at most
 * `maxWrong` of the answerable ones, and stores it unless `dryRun`. Throws when the set lacks one of the two kinds, when the
 * corpus is empty, or when not all questions were searched alike: scores of two modes don't compare.
 */
export async function calibrate(
  tenantId: string | null,
  questions: CalibrationQuestion[],
  { maxWrong, dryRun }: { maxWrong: number; dryRun: boolean },
): Promise<Calibration> {
  const principal: Principal = tenantId === null ? anonymous : { kind: "member", tenantId, userId: nobody, role: "member" };
  const corpusId = await db.as(system("knowledge.calibrate"), (tx) => queries.findCorpus(tx, tenantId));
  if (corpusId === null) throw new Error("There is nothing in this corpus yet. Index documents first.");
  const scores: LabelledScore[] = [];
  let searched: RetrievalMode | undefined;
  for (let from = 0; from < questions.length; from += questionsPerStatement) {
    const batch = questions.slice(from, from + questionsPerStatement);
    const { mode, retrievals } = await retrieve(principal, batch.map(({ question }) => question), { limit: passagesPerQuestion });
    searched ??= mode;
    if (mode === "degraded") throw new Error("The embedding endpoint gave no vectors for some of the questions. Nothing was stored. Check EMBEDDING_BASE_URL and its server, then calibrate again.");
    if (mode !== searched) throw new Error(`The search changed from ${searched} to ${mode} meanwhile. Nothing was stored. Calibrate again once the embedding model is in use.`);
    scores.push(...retrievals.map(({ passages }, index) => {
      const own = passages.filter(({ id }) => id.startsWith(`${corpusId}:`));
      const similarities = own.flatMap(({ similarity }) => similarity ?? []);
      return {
        answerable: batch[index]?.answerable ?? false,
        match: Math.max(0, ...own.map(({ match }) => match)),
        similarity: similarities.length === 0 ? null : Math.max(...similarities),
      };
    }));
  }
  const calibration = calibrateOn(scores, maxWrong);
  if (!dryRun) await db.as(system("knowledge.calibrate"), (tx) => queries.storeCalibration(tx, corpusId, calibration));
  return calibration;
}
