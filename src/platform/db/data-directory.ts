import { chmodSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { createRequire } from "node:module";
import type * as sqlite from "node:sqlite";

/** Where things lie in DATA_DIR. */
export interface DataDirectory {
  path: string;
  postgres: string;
  commandSocket: string;
  /** Secrets of the built-in auth plane. */
  authSecrets: string;
  /** Secrets of the application's own. */
  appSecrets: string;
  /** Lets another process have the directory. The operating system does the same when this one dies. */
  release(): void;
}

export class DataDirectoryInUse extends Error {
  constructor(path: string) {
    super(
      `${path} is in use by another Tieline process. Stop it first, or choose another directory with DATA_DIR. ` +
        `Commands such as npm run seed work while it runs.`,
    );
    this.name = "DataDirectoryInUse";
  }
}

/** The paths inside DATA_DIR, without taking the directory. */
export function dataDirectoryPaths(dataDir: string): Omit<DataDirectory, "release"> {
  const path = resolve(dataDir);
  return {
    path,
    postgres: join(path, "postgres"),
    commandSocket: join(path, "command.sock"),
    authSecrets: join(path, "auth-secrets.json"),
    appSecrets: join(path, "app-secrets.json"),
  };
}

/**
 * Makes the directory if need be and takes it for this process alone. The lock is one the operating system keeps (an
 * exclusive SQLite transaction), so that kill -9 or a reused process id can neither leave it behind nor steal it.
 * Throws DataDirectoryInUse when another process holds it.
 */
export function takeDataDirectory(dataDir: string): DataDirectory {
  const paths = dataDirectoryPaths(dataDir);
  mkdirSync(paths.path, { recursive: true, mode: 0o700 });
  const { DatabaseSync } = withoutExperimentalWarning(() =>
    createRequire(import.meta.url)("node:sqlite") as typeof sqlite,
  );
  const lock = new DatabaseSync(join(paths.path, "lock"));
  try {
    lock.exec("pragma journal_mode = memory; begin exclusive");
  } catch (error) {
    lock.close();
    if (error instanceof Error && /locked|busy/i.test(error.message)) throw new DataDirectoryInUse(paths.path);
    throw error;
  }
  chmodSync(join(paths.path, "lock"), 0o600);
  return { ...paths, release: () => lock.close() };
}

/** node:sqlite is a release candidate in Node 24 and says so at first use; a newcomer's terminal needn't. */
function withoutExperimentalWarning<T>(load: () => T): T {
  const emit = process.emitWarning;
  process.emitWarning = () => undefined;
  try {
    return load();
  } finally {
    process.emitWarning = emit;
  }
}
