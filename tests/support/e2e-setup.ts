import { startApp } from "./app-server.ts";
import { startFakeOpenAi } from "./fake-openai.ts";

/** Starts the application twice, without and with a model, for all journeys; stops both afterwards. */
export default async function setup() {
  const fake = await startFakeOpenAi();
  const roomy = { RATE_LIMIT_PER_MINUTE: "10000", RATE_LIMIT_LLM_PER_MINUTE: "10000" };
  const quoting = await startApp(roomy);
  const writing = await startApp({ ...roomy, OPENAI_API_KEY: "test-key", OPENAI_BASE_URL: fake.baseUrl });
  process.env["APP_URL_QUOTING"] = quoting.url;
  process.env["APP_URL_WRITING"] = writing.url;
  return async () => {
    await Promise.all([quoting.end(), writing.end()]);
    await fake.close();
  };
}
