import type { Environment } from "#platform/config/environment.ts";
import { connectCommands, serveCommands } from "./command-socket.ts";
import { DataDirectoryInUse, dataDirectoryPaths, takeDataDirectory } from "./data-directory.ts";
import type { Database } from "./database.ts";
import { embeddedDatabase, openEmbedded } from "./embedded-engine.ts";
import { migrateServer, prepareServerAuth } from "./migrate-server.ts";
import { openServer } from "./server-engine.ts";

type Settings = Pick<Environment, "DATABASE_URL" | "DATABASE_POOL_MAX" | "DATA_DIR" | "SUPABASE_URL">;

/**
 * Opens the database for the server process: DATABASE_URL where set, otherwise the embedded one in DATA_DIR, which it
 * takes for itself and serves to commands. The schema is up to date when this returns.
 * Throws DataDirectoryInUse when another server has the directory.
 */
export async function openForServer(settings: Settings): Promise<Database> {
  if (settings.DATABASE_URL !== undefined) {
    await migrateServer(settings.DATABASE_URL);
    if (settings.SUPABASE_URL === undefined && (await prepareServerAuth(settings.DATABASE_URL)) === "foreign") {
      throw new Error(
        "DATABASE_URL leads to a database with accounts of its own, such as a Supabase project's. " +
          "Set SUPABASE_URL and SUPABASE_PUBLISHABLE_KEY of that project as well.",
      );
    }
    return openServer({ url: settings.DATABASE_URL, poolMax: settings.DATABASE_POOL_MAX });
  }
  const directory = takeDataDirectory(settings.DATA_DIR);
  try {
    const { database, pglite } = await openEmbedded(directory.postgres);
    const stopServing = await serveCommands(directory.commandSocket, pglite).catch(async (error: unknown) => {
      await database.close();
      throw error;
    });
    const close = async () => {
      await stopServing();
      await database.close();
    };
    return { ...database, close: () => close().finally(() => directory.release()) };
  } catch (error) {
    directory.release();
    throw error;
  }
}

/** Opens the database for a command: like the server, or through the running server's socket when there is one. */
export async function openForCommand(settings: Settings): Promise<Database> {
  try {
    return await openForServer(settings);
  } catch (error) {
    if (!(error instanceof DataDirectoryInUse)) throw error;
    const running = await connectCommands(dataDirectoryPaths(settings.DATA_DIR).commandSocket);
    if (running === undefined) throw error;
    return embeddedDatabase(running, "the running server's database");
  }
}
