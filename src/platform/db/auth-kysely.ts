import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  sql,
  type ControlledTransaction,
} from "kysely";
import { database } from "./database.ts";
import { authRole } from "./roles.ts";
import type { Schema } from "./schema.ts";

/** For one statement, and for a whole transaction. */
const timeLimitMs = 15_000;

/**
 * The process's database for the built-in auth plane: every statement runs in a transaction as the plane's own role, on
 * whichever engine, so that the connection itself still rests without rights. The one way to the data beside db.as,
 * because the plane brings its own SQL; platform/auth alone uses it.
 */
export function authKysely(): Kysely<unknown> {
  return new Kysely<unknown>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new AuthDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
}

class AuthConnection implements DatabaseConnection {
  #transaction: ControlledTransaction<Schema> | undefined;
  #limit: NodeJS.Timeout | undefined;

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#transaction) return plain(await this.#transaction.executeQuery<R>(query as CompiledQuery<R>));
    await this.begin();
    try {
      const result = await this.executeQuery<R>(query);
      await this.commit();
      return result;
    } catch (error) {
      await this.rollback();
      throw error;
    }
  }

  streamQuery(): AsyncIterableIterator<never> {
    throw new Error("The auth plane reads no streams");
  }

  async begin(): Promise<void> {
    const { kysely } = await database();
    const transaction = await kysely.startTransaction().execute();
    this.#transaction = transaction;
    // The embedded engine has one connection: a transaction that Lite left open would stop everybody.
    this.#limit = setTimeout(() => void transaction.rollback().execute().catch(() => undefined), timeLimitMs);
    try {
      await sql`select set_config('statement_timeout', ${String(timeLimitMs)}, true),
        set_config('role', ${authRole}, true)`.execute(transaction);
    } catch (error) {
      await this.rollback();
      throw error;
    }
  }

  async commit(): Promise<void> {
    await this.#end()?.commit().execute();
  }

  /** Nothing when the transaction has ended already. */
  async rollback(): Promise<void> {
    const transaction = this.#end();
    if (transaction && !transaction.isCommitted && !transaction.isRolledBack) await transaction.rollback().execute();
  }

  #end(): ControlledTransaction<Schema> | undefined {
    const transaction = this.#transaction;
    clearTimeout(this.#limit);
    this.#transaction = undefined;
    return transaction;
  }
}

class AuthDriver implements Driver {
  init = () => Promise.resolve();
  acquireConnection = () => Promise.resolve(new AuthConnection());
  beginTransaction = (connection: AuthConnection) => connection.begin();
  commitTransaction = (connection: AuthConnection) => connection.commit();
  rollbackTransaction = (connection: AuthConnection) => connection.rollback();
  releaseConnection = () => Promise.resolve();
  destroy = () => Promise.resolve();
}

/** GoTrue compares times as text in ISO 8601, where the application's own queries get Date. */
function plain<R>(result: QueryResult<R>): QueryResult<R> {
  for (const row of result.rows as Record<string, unknown>[]) {
    for (const [name, value] of Object.entries(row)) if (value instanceof Date) row[name] = value.toISOString();
  }
  return result;
}
