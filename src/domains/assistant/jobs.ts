import { z } from "zod";
import { defineJob } from "#platform/queue/queue.ts";
import { purgeAnswers } from "./service.ts";

export const purge = defineJob({
  name: "assistant.purge",
  data: z.object({}),
  schedule: "17 8 * * *",
  retries: 5,
  handle: async () => ({ deleted: await purgeAnswers() }),
});
