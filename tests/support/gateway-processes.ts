import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { z } from "zod";

const Line = z.object({ question: z.string(), state: z.enum(["begun", "ended", "failed"]), text: z.string().default("") });
type Line = z.infer<typeof Line>;

export interface GatewayProcess {
  /** Begins a call. */
  call(question: string): void;
  /** Resolves with what was said of a call when it is in that state; throws when the process has ended before. */
  reached(question: string, state: Line["state"]): Promise<Line>;
  signal(name: NodeJS.Signals): void;
  /** Kills it, if it runs. */
  end(): Promise<void>;
}

/** Starts a process of its own that calls models through the gateway (gateway-process.ts). */
export async function startGateway(environment: Record<string, string>): Promise<GatewayProcess> {
  const child = spawn(process.execPath, ["--conditions=react-server", "tests/support/gateway-process.ts"], {
    stdio: ["pipe", "pipe", "inherit"], env: { ...process.env, LOG_LEVEL: "silent", ...environment },
  });
  const exited = once(child, "exit");
  const killWithParent = () => child.kill("SIGKILL");
  process.once("exit", killWithParent);
  const said: Line[] = [];
  const ready = Promise.withResolvers<void>();
  const waiting = new Set<() => void>();
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (line === "ready") return ready.resolve();
    said.push(Line.parse(JSON.parse(line)));
    for (const look of waiting) look();
  });
  void exited.then(() => ready.reject(new Error("The gateway's process ended")));
  await ready.promise;
  return {
    call: (question) => void child.stdin.write(`${question}\n`),
    reached: (question, state) => new Promise((resolve, reject) => {
      const look = () => {
        const line = said.find((each) => each.question === question && (each.state === state || each.state === "failed"));
        if (!line) return;
        waiting.delete(look);
        if (line.state === state) resolve(line);
        else reject(new Error(`${question} failed: ${line.text}`));
      };
      waiting.add(look);
      look();
      void exited.then(() => reject(new Error(`The gateway's process ended before ${question} had ${state}`)));
    }),
    signal: (name) => void child.kill(name),
    async end() {
      child.kill("SIGKILL");
      await exited;
      process.off("exit", killWithParent);
    },
  };
}
