import { useCallback, useEffect, useState } from "react";
import { expectOk, problemOf, type Problem } from "#lib/problem.ts";
import type { HelpManifest } from "#domains/help/schema.ts";

export type ManifestState =
  | { step: "loading" }
  | { step: "ready"; manifest: HelpManifest }
  | { step: "failed"; problem: Problem; retry: () => void };

let loading: Promise<HelpManifest> | undefined;

/** Kept for the life of the page; a failure is not kept. */
function loadManifest(): Promise<HelpManifest> {
  loading ??= fetch("/api/help/manifest")
    .then(expectOk)
    .then((response) => response.json() as Promise<HelpManifest>)
    .catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
  return loading;
}

/** The help manifest in the browser, asked for when first needed. */
export function useManifest(): ManifestState {
  const [state, setState] = useState<ManifestState>({ step: "loading" });

  const load = useCallback(() => {
    loadManifest().then(
      (manifest) => setState({ step: "ready", manifest }),
      (error: unknown) => setState({ step: "failed", problem: problemOf(error), retry: load }),
    );
  }, []);

  useEffect(load, [load]);
  return state;
}
