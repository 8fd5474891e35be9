import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

export interface ModelProcess {
  baseUrl: string;
  /** Questions that it has answered; the end of the last answers may not have been sent when it is killed. */
  answered: string[];
  /** Ends it as kill -9 does. */
  kill(): Promise<void>;
}

/** Starts a model in a process of its own (model-process.ts), on a free port unless one is given. Throws when it ends at once. */
export async function startModel(port = 0): Promise<ModelProcess> {
  const child = spawn(process.execPath, ["tests/support/model-process.ts", String(port)], { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  const killWithParent = () => child.kill("SIGKILL");
  process.once("exit", killWithParent);
  const lines = createInterface({ input: child.stdout });
  const ended = once(lines, "close");
  const first = once(lines, "line").then(([line]) => String(line));
  const baseUrl = await Promise.race([first, exited.then(() => Promise.reject(new Error("The model's process ended")))]);
  const answered: string[] = [];
  lines.on("line", (question) => answered.push(question));
  return {
    baseUrl,
    answered,
    async kill() {
      child.kill("SIGKILL");
      await Promise.all([exited, ended]);
      process.off("exit", killWithParent);
    },
  };
}
