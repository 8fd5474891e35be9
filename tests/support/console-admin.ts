import { spawn } from "node:child_process";
import type { AppServer } from "./app-server.ts";

export interface ConsoleAdmin {
  email: string;
  password: string;
  /** The session's cookie after a log-in, as a browser keeps it. */
  cookie: { name: string; value: string };
}

/** An administrator of a running application, made by the command that README names, and logged in. */
export async function createConsoleAdmin({ url, dataDir }: Pick<AppServer, "url" | "dataDir">, role = "super_admin"): Promise<ConsoleAdmin> {
  const email = `${role.replace("_", "-")}@example.com`;
  const password = "a long enough pass phrase 71";
  await run(["src/commands/admin-create.ts", "--email", email, "--name", `The ${role}`, "--role", role, "--password-stdin"], dataDir, password);
  const response = await fetch(`${url}/api/admin/login`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ email, password }) });
  const [name, value] = (response.headers.get("set-cookie") ?? "").split(";", 1)[0]?.split(/=(.*)/s, 2) ?? [];
  if (!name || !value) throw new Error(`No log-in: ${response.status} ${await response.text()}`);
  return { email, password, cookie: { name, value } };
}

function run(command: string[], dataDir: string, input: string): Promise<void> {
  const child = spawn(process.execPath, ["--conditions=react-server", ...command], {
    env: { ...process.env, NODE_ENV: "production", DATA_DIR: dataDir },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (data: Buffer) => (output += data.toString()));
  child.stderr.on("data", (data: Buffer) => (output += data.toString()));
  child.stdin.end(`${input}\n`);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => (code === 0 ? resolve() : reject(new Error(`${command[0]} ended with ${code}:\n${output}`))));
  });
}
