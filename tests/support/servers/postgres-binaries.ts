/** Finds Postgres binaries that have pgvector and pg_trgm beside them. */
import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run, serverUser } from "./process.ts";

export interface PostgresBinaries {
  /** The folder of postgres and initdb. */
  bin: string;
  postgres: string;
  pgvector: string;
  /** What the binaries need in their environment. */
  env: Record<string, string>;
  /** For the description: "from …". */
  origin: string;
}

/** Views with `security_invoker` came with 15. */
export const minimumPostgres = 15;
/** Iterative scans came with 0.8. */
export const minimumPgvector = 0.8;

const libraryEnd = process.platform === "darwin" ? "dylib" : "so";

/** The first Postgres on this machine, PATH first, that has what the tests need; null when there is none. */
export async function findPostgresBinaries(): Promise<PostgresBinaries | null> {
  const folders = [
    ...(process.env["PATH"] ?? "").split(delimiter),
    ...versionFolders("/usr/lib/postgresql", "bin"),
    ...versionFolders("/usr", "bin", /^pgsql-\d+$/),
    ...versionFolders("/opt/homebrew/opt", "bin", /^postgresql/),
    "/usr/local/pgsql/bin",
    "/usr/local/bin",
  ];
  const seen = new Set<string>();
  for (const folder of folders) {
    const postgres = join(folder, "postgres");
    if (folder === "" || !existsSync(postgres)) continue;
    const bin = join(realpathSync(postgres), "..");
    if (seen.has(bin)) continue;
    seen.add(bin);
    const found = await inspectPostgres(bin).catch(() => null);
    if (found !== null) return found;
  }
  return null;
}

/**
 * What the binaries in `bin` are.
 * @throws Error that says why they can't be used: they don't run, are too old, or lack an extension.
 */
export async function inspectPostgres(bin: string, env: Record<string, string> = {}, origin = bin): Promise<PostgresBinaries> {
  const options = { timeoutMs: 20_000, env: { ...env, LC_ALL: "C" }, cwd: "/", user: serverUser() };
  if (!existsSync(join(bin, "initdb"))) throw new Error(`${bin} has no initdb`);
  const version = /(\d+(?:\.\d+)*)/.exec(await run(join(bin, "postgres"), ["--version"], options))?.[1] ?? "0";
  const config = join(bin, "pg_config");
  const ask = async (flag: string) => (existsSync(config) ? [(await run(config, [flag], options)).trim()] : []);
  const shares = [...(await ask("--sharedir")), join(bin, "../share/postgresql"), join(bin, "../share")];
  const extensions = shares.map((share) => join(share, "extension")).find((folder) => existsSync(join(folder, "vector.control")));
  if (extensions === undefined) throw new Error(`${bin} has no pgvector`);
  if (!existsSync(join(extensions, "pg_trgm.control"))) throw new Error(`${bin} has no pg_trgm`);
  const [libraries] = await ask("--pkglibdir");
  const control = readFileSync(join(extensions, "vector.control"), "utf8");
  const pgvector = /^default_version\s*=\s*'([^']+)'/m.exec(control)?.[1] ?? "0";
  const files = [join(extensions, `vector--${pgvector}.sql`), ...(libraries === undefined ? [] : [join(libraries, `vector.${libraryEnd}`)])];
  for (const file of files) if (!existsSync(file)) throw new Error(`${file} is missing`);
  if (!isRecentEnough(version, pgvector)) throw new Error(`${bin} is PostgreSQL ${version} with pgvector ${pgvector}`);
  return { bin, postgres: version, pgvector, env, origin };
}

/** Whether the tests can use these versions. */
export function isRecentEnough(postgres: string, pgvector: string): boolean {
  return Number.parseInt(postgres, 10) >= minimumPostgres && Number.parseFloat(pgvector) >= minimumPgvector;
}

function versionFolders(parent: string, child: string, pattern = /^\d+$/): string[] {
  if (!existsSync(parent)) return [];
  const newestFirst = (a: string, b: string) => Number(/\d+/.exec(b)?.[0] ?? 0) - Number(/\d+/.exec(a)?.[0] ?? 0);
  return readdirSync(parent).filter((name) => pattern.test(name)).sort(newestFirst).map((name) => join(parent, name, child));
}
