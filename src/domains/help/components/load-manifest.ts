import "server-only";

import { cache } from "react";
import { getHelpManifest } from "#domains/help/server.ts";

/** The manifest, read once a request however many buttons and lists ask for it. */
export const loadManifest = cache(getHelpManifest);
