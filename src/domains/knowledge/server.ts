import "server-only";

export { analyse, type Word } from "./analyse.ts";
export { calibrate, CalibrationQuestion } from "./calibrate.ts";
export { embedPassages, wantAllVectors } from "./jobs.ts";
export { normaliseQuestion } from "./question.ts";
export { corpusVersion, retrieve } from "./retrieve.ts";
export { sentenceSpans, type Span } from "./sentences.ts";
export { countDocumentsOf, indexDocument, indexDocuments, removeDocument, syncDocuments } from "./service.ts";
export { snippetOf, type Snippet } from "./snippet.ts";
