/** An OpenAI-compatible model in a process of its own, so that what it does isn't counted as the caller's. Prints its address. */
import { startFakeOpenAi } from "../support/fake-openai.ts";

const model = await startFakeOpenAi();
model.behave({ kind: "stream", pieces: ["The pool price ", "is hourly [1]."], pauseMs: 1 });
console.log(model.baseUrl);
