import { existsSync } from "node:fs";

/** Reads .env.local, then .env, where they exist; a variable that is set already wins. */
export function loadEnvFiles(): void {
  for (const file of [".env.local", ".env"]) if (existsSync(file)) process.loadEnvFile(file);
}
