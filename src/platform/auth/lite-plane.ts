import { App, Connection } from "@supabase/lite";
import type { AuthPlane } from "./auth-api.ts";
import { liteMailDriver, withMail } from "./lite-mail.ts";
import { withPasswordTurn } from "./lite-passwords.ts";
import { liteSecrets } from "./lite-secrets.ts";
import { passwordMinLength } from "./password-rules.ts";
import { environment } from "#platform/config/environment.ts";
import { dataDirectoryPaths } from "#platform/db/data-directory.ts";
import { authKysely } from "#platform/db/auth-kysely.ts";

// Reserved by RFC 6761: no request for it can leave the process by accident and arrive.
const url = "http://auth.invalid";

/**
 * Supabase Lite on the application's own database, reached through `fetch` alone: nothing listens. Of its services only
 * accounts are on; it wants its key, has no admin mode, and its mail goes to the outbox.
 */
export async function openLite(): Promise<AuthPlane> {
  const { jwtSecret, publishableKey } = await liteSecrets(dataDirectoryPaths(environment().DATA_DIR).authSecrets);
  const app = new App({
    connection: new AppConnection(),
    auth: {
      enabled: true,
      jwt_secret: jwtSecret,
      publishable_key: publishableKey,
      minimum_password_length: passwordMinLength,
      // Lite makes the secret of a link from the address and the code: six digits, as it takes by itself, could be tried out.
      // An address is moved by who knows the password and reads the new mailbox.
      email: { enable_signup: true, enable_confirmations: false, double_confirm_changes: false, otp_length: 40, otp_expiry: 3_600 },
    },
    storage: { enabled: false },
    studio: { enabled: false },
    db: { migrations: { enabled: false } },
    options: {
      server: { admin: false, disableStudio: true, disableFallback: true },
      drivers: { email: liteMailDriver },
    },
  });
  const answer = async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input, init);
    const { pathname, searchParams } = new URL(request.url);
    if (!pathname.startsWith("/auth/v1/")) return new Response(null, { status: 404 });
    const respond = (sent: Request) => withMail(() => app.fetch(sent));
    return searchParams.get("grant_type") === "refresh_token" ? inTurn(() => respond(request)) : withPasswordTurn(request, respond);
  };
  return { url, publishableKey, fetch: answer };
}

let lastRefresh: Promise<unknown> = Promise.resolve();

/**
 * Runs refreshes one after the other. Lite takes a token out of use before its successor is there: a page whose requests
 * all refresh at once would look like a stolen token, and lose its session.
 */
function inTurn<T>(refresh: () => T | Promise<T>): Promise<T> {
  const turn = lastRefresh.then(refresh);
  lastRefresh = turn.catch(() => undefined);
  return turn;
}

/**
 * What accounts need of a connection. Lite's own ones bring a driver each, and grant schemas to anon and authenticated
 * at the first request; both are the application's business here.
 */
class AppConnection extends Connection<null> {
  driver = null;
  dialect = "postgres" as const;

  constructor() {
    super({});
    // Lite has its own copy of Kysely, whose types differ from ours by a private member.
    this.kysely = authKysely() as unknown as Connection["kysely"];
  }

  introspect(): Promise<never> {
    return Promise.reject(new Error("The auth plane serves no tables"));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
