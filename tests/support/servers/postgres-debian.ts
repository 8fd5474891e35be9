/** PostgreSQL of this Debian release with a newer release's pgvector, in a private, cached folder. */
import { existsSync } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { hasApt, installPackages, libraryPath, openPrivateApt, type PrivateApt } from "./apt.ts";
import { cachedFolder } from "./cache.ts";
import { inspectPostgres, minimumPgvector, minimumPostgres, type PostgresBinaries } from "./postgres-binaries.ts";
import { findExecutable, run, say } from "./process.ts";

const who = "PostgreSQL";
/** The oldest suite with pgvector 0.8; bookworm has none. */
const pgvectorSuite = "trixie";
/** Changes with what `build` makes. */
const revision = 1;

/**
 * Downloads and builds on first use (half a minute), then comes from the cache.
 * @throws Error that says what to install when this is no Debian, tools are missing or the mirror cannot be reached.
 */
export async function unpackPostgresFromDebian(): Promise<PostgresBinaries> {
  const other = `set TEST_DATABASE_URL, or install PostgreSQL ≥ ${minimumPostgres} with pgvector ≥ ${minimumPgvector}`;
  if (!hasApt()) throw new Error(`${who}: there is none here with pgvector, and no apt-get to fetch it: ${other}`);
  try {
    return await inspect(await cachedFolder(who, "postgres", revision, build, inspect));
  } catch (error) {
    throw new Error(`${who} could not be set up from Debian packages: ${other}.\n${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

async function inspect(folder: string): Promise<PostgresBinaries> {
  const prefix = join(folder, "prefix");
  const [version = ""] = await readdir(join(prefix, "usr/lib/postgresql"));
  const env = { LD_LIBRARY_PATH: await libraryPath(prefix) };
  return inspectPostgres(join(prefix, "usr/lib/postgresql", version, "bin"), env, `Debian packages (${folder})`);
}

async function build(folder: string): Promise<void> {
  await ensureBuildTools();
  say(who, "setting up from Debian packages, once for this machine: downloading package lists …");
  const apt = await openPrivateApt(join(folder, "apt"));
  const major = /postgresql-(\d+)/.exec(await apt.run("apt-cache", ["depends", "postgresql"]))?.[1];
  if (major === undefined) throw new Error("The package postgresql depends on no version");
  say(who, `downloading Debian packages (postgresql-${major}) …`);
  const prefix = join(folder, "prefix");
  await apt.unpack([`postgresql-${major}`, `postgresql-client-${major}`, "libpq5"], prefix, [`postgresql-server-dev-${major}`]);
  await buildPgvector(apt, join(folder, "source"), prefix, major);
  const useless = ["usr/share/doc", "usr/share/locale", "usr/share/man", `usr/share/postgresql/${major}/man`, `usr/lib/postgresql/${major}/lib/bitcode`];
  for (const part of useless) await rm(join(prefix, part), { recursive: true, force: true });
  for (const part of ["apt", "source"]) await rm(join(folder, part), { recursive: true, force: true });
}

async function buildPgvector(apt: PrivateApt, source: string, prefix: string, major: string): Promise<void> {
  await apt.addSourceSuite(pgvectorSuite);
  await mkdir(source, { recursive: true });
  await apt.run("apt-get", ["source", "--download-only", `pgvector/${pgvectorSuite}`], source);
  const description = (await readdir(source)).find((name) => name.endsWith(".dsc"));
  if (description === undefined) throw new Error(`${pgvectorSuite} has no source of pgvector`);
  // apt has checked the signatures; Debian's patches make a library that runs on other processors than this one too.
  const options = { timeoutMs: 300_000, cwd: source, env: { LD_LIBRARY_PATH: await libraryPath(prefix), LC_ALL: "C.UTF-8" } };
  await run("dpkg-source", ["--no-check", "-x", description, "pgvector"], options);
  say(who, `building pgvector (${description.replace(/\.dsc$/, "")}) …`);
  const variables = [
    `PG_CONFIG=${prefix}/usr/lib/postgresql/${major}/bin/pg_config`,
    `PG_CPPFLAGS=-I${prefix}/usr/include/postgresql/${major}/server`,
    // Bitcode is for the JIT, and would need clang.
    "with_llvm=no",
    "OPTFLAGS=",
  ];
  await run("make", ["-C", "pgvector", "-s", `-j${availableParallelism()}`, ...variables], options);
  await run("make", ["-C", "pgvector", "-s", "install", ...variables], options);
}

async function ensureBuildTools(): Promise<void> {
  const missing = [
    ["gcc", findExecutable("gcc") !== null],
    ["libc6-dev", existsSync("/usr/include/stdio.h")],
    ["make", findExecutable("make") !== null],
    ["patch", findExecutable("patch") !== null],
    ["xz-utils", findExecutable("xz") !== null],
    ["dpkg-dev", findExecutable("dpkg-source") !== null],
  ].flatMap(([name, there]) => (there === true ? [] : [String(name)]));
  if (missing.length > 0) await installPackages(who, missing);
}
