/** Programs that tests start: from this machine, or from Debian's packages. */
import { join } from "node:path";
import { canInstall, hasApt, installPackages, libraryPath, openPrivateApt } from "./apt.ts";
import { cachedFolder } from "./cache.ts";
import { findExecutable, run, say } from "./process.ts";

export interface Program {
  path: string;
  /** What the program needs in its environment. */
  env: Record<string, string>;
}

/** Changes with what is unpacked. */
const revision = 1;

/**
 * Finds `program`; installs the Debian package when it is missing (root), or unpacks it into a cached private folder (anyone else).
 * @throws Error that names the package to install.
 */
export async function provideProgram(who: string, program: string, debianPackage: string): Promise<Program> {
  const path = findExecutable(program);
  if (path !== null) return { path, env: {} };
  const hint = `${who}: ${program} is not on PATH; install it (Debian: ${debianPackage})`;
  if (canInstall()) {
    await installPackages(who, [debianPackage]);
    const installed = findExecutable(program);
    if (installed === null) throw new Error(hint);
    return { path: installed, env: {} };
  }
  if (!hasApt()) throw new Error(hint);
  try {
    const folder = await cachedFolder(
      who,
      debianPackage,
      revision,
      async (building) => {
        say(who, `downloading Debian packages (${debianPackage}) …`);
        const apt = await openPrivateApt(join(building, "apt"));
        await apt.unpack([debianPackage], join(building, "prefix"));
        await run("rm", ["-rf", join(building, "apt")], { timeoutMs: 60_000 });
      },
      async (built) => {
        const { path: unpacked, env } = await unpackedProgram(built, program);
        await run(unpacked, ["--version"], { timeoutMs: 20_000, env });
      },
    );
    return await unpackedProgram(folder, program);
  } catch (error) {
    throw new Error(`${hint}.\n${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

async function unpackedProgram(folder: string, program: string): Promise<Program> {
  const prefix = join(folder, "prefix");
  const path = findExecutable(program, ["usr/bin", "usr/sbin", "bin"].map((part) => join(prefix, part)));
  if (path?.startsWith(prefix) !== true) throw new Error(`${folder} holds no ${program}`);
  return { path, env: { LD_LIBRARY_PATH: await libraryPath(prefix) } };
}
