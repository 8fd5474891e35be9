/** Debian packages: installed into the system, or unpacked into a private folder by a private copy of apt's state. */
import { existsSync, readFileSync } from "node:fs";
import { copyFile, mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { temporaryFolder } from "./exit.ts";
import { run, say } from "./process.ts";

const quiet = ["-qq", "-o", "Acquire::Retries=3", "-o", "Acquire::http::Timeout=30", "-o", "Acquire::Languages=none"];
const env = { DEBIAN_FRONTEND: "noninteractive", LC_ALL: "C.UTF-8" };
const lockWaitMs = 300_000;

let updated: Promise<void> | null = null;

/** Whether packages can be installed into the system. */
export function canInstall(): boolean {
  return process.getuid?.() === 0 && hasApt();
}

/** Whether this is Debian or a relative. */
export function hasApt(): boolean {
  return existsSync("/usr/bin/apt-get");
}

/**
 * Installs packages into the system (root only), after one `apt-get update` per process.
 * @throws Error that says which packages to install, when it cannot or apt fails.
 */
export async function installPackages(who: string, packages: string[]): Promise<void> {
  const hint = `${who}: install these packages first: ${packages.join(" ")}`;
  if (!canInstall()) throw new Error(hint);
  say(who, `installing Debian packages ${packages.join(" ")} …`);
  updated ??= unlocked(() => run("apt-get", [...quiet, "update"], { timeoutMs: 180_000, env }))
    .then(() => undefined)
    .catch((error: unknown) => say(who, `apt-get update failed, going on with the lists of last time: ${String(error)}`));
  await updated;
  // dpkg must not be killed in the middle of a package: not even apt repairs that.
  const folder = temporaryFolder("apt", null);
  const options = { timeoutMs: 900_000, env, gentleLog: join(folder.path, "log") };
  const flags = [...quiet, "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Use-Pty=0"];
  const install = () => unlocked(() => run("apt-get", [...flags, "install", ...packages], options));
  try {
    await install().catch(async (error: unknown) => {
      // Left by an install that was interrupted earlier, ours or another.
      if (!String(error).includes("dpkg --configure -a")) throw error;
      await run("dpkg", ["--configure", "-a"], options);
      await install();
    });
  } catch (error) {
    throw new Error(`${hint}\n${error instanceof Error ? error.message : String(error)}`, { cause: error });
  } finally {
    await folder.remove();
  }
}

/** The machine's release, e.g. `bookworm`. */
export function codename(): string {
  const release = existsSync("/etc/os-release") ? readFileSync("/etc/os-release", "utf8") : "";
  return /^VERSION_CODENAME="?([a-z]+)/m.exec(release)?.[1] ?? "unknown";
}

export interface PrivateApt {
  /** Runs apt-get or apt-cache on the private state. */
  run(command: "apt-get" | "apt-cache", args: string[], cwd?: string): Promise<string>;
  /** Adds `deb-src` for another suite of the mirror that the machine uses. */
  addSourceSuite(suite: string): Promise<void>;
  /** Downloads packages, and what they need that the machine lacks, and unpacks all of it into `prefix`. */
  unpack(packages: string[], prefix: string, extra?: string[]): Promise<void>;
}

/**
 * Makes apt work on a state of its own in `folder`, from the machine's sources: needs no root and changes nothing in the system.
 * @throws Error when this is no Debian or its mirror cannot be reached.
 */
export async function openPrivateApt(folder: string): Promise<PrivateApt> {
  if (!hasApt()) throw new Error("There is no apt-get here");
  const sources = join(folder, "sources");
  for (const part of ["sources", "lists/partial", "cache/archives/partial"]) await mkdir(join(folder, part), { recursive: true });
  if (existsSync("/etc/apt/sources.list")) await copyFile("/etc/apt/sources.list", join(sources, "machine.list"));
  for (const entry of existsSync("/etc/apt/sources.list.d") ? await readdir("/etc/apt/sources.list.d") : []) {
    if (/\.(list|sources)$/.test(entry)) await copyFile(join("/etc/apt/sources.list.d", entry), join(sources, entry));
  }
  const settings = {
    "Dir::State": folder,
    "Dir::State::lists": join(folder, "lists"),
    "Dir::State::status": "/var/lib/dpkg/status",
    "Dir::Cache": join(folder, "cache"),
    "Dir::Etc::sourcelist": "/dev/null",
    "Dir::Etc::sourceparts": sources,
    "Debug::NoLocking": "1",
    "APT::Sandbox::User": "root",
  };
  const options = [...quiet, ...Object.entries(settings).flatMap(([name, value]) => ["-o", `${name}=${value}`])];
  const apt: PrivateApt["run"] = (command, args, cwd = folder) => run(command, [...options, ...args], { timeoutMs: 300_000, env, cwd });

  const update = async () => {
    await apt("apt-get", ["update"]);
    const targets = await apt("apt-get", ["indextargets", "--format", "$(CODENAME) $(REPO_URI)", "Created-By: Packages"]);
    const mirror = targets.split("\n").find((line) => line.startsWith(`${codename()} `))?.split(" ")[1];
    if (mirror === undefined) throw new Error(`apt-get update brought no package list of ${codename()}`);
    return mirror;
  };
  const mirror = await update();

  return {
    run: apt,
    async addSourceSuite(suite) {
      const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";
      const signed = existsSync(keyring) ? `[signed-by=${keyring}] ` : "";
      await writeFile(join(sources, `${suite}.list`), `deb-src ${signed}${mirror} ${suite} main\n`);
      await update();
    },
    async unpack(packages, prefix, extra = []) {
      const archives = join(folder, "cache/archives");
      // `install` brings the dependencies that the machine lacks, `download` what is installed already; headers come without theirs.
      await apt("apt-get", ["-y", "--no-install-recommends", "--download-only", "install", ...packages]);
      await apt("apt-get", ["download", ...packages, ...extra], archives);
      await mkdir(prefix, { recursive: true });
      for (const name of await readdir(archives)) {
        // A second libc beside the system's loader crashes everything; LLVM is for a JIT that stays off.
        if (!name.endsWith(".deb") || /^(libc6|libc-bin|libllvm[0-9.]+)_/.test(name)) continue;
        await run("dpkg", ["-x", join(archives, name), prefix], { timeoutMs: 60_000 });
      }
    },
  };
}

/** The folders of `prefix` that hold shared libraries, for LD_LIBRARY_PATH. */
export async function libraryPath(prefix: string): Promise<string> {
  const folders: string[] = [];
  for (const parent of [join(prefix, "usr/lib"), join(prefix, "lib")]) {
    for (const entry of existsSync(parent) ? await readdir(parent) : []) {
      if (/-linux-gnu/.test(entry)) folders.push(join(parent, entry));
    }
  }
  return folders.join(":");
}

/** Repeats while another apt holds a lock that apt itself does not wait for (lists, archives). */
async function unlocked<T>(work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + lockWaitMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > deadline || !/Could not get lock|Unable to lock/.test(String(error))) throw error;
      await sleep(2000);
    }
  }
}
