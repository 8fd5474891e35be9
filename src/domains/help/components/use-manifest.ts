import { useEffect, useState } from "react";
import { expectOk, problemOf, type Problem } from "#lib/problem.ts";
import type { HelpManifest } from "#domains/help/schema.ts";

export type ManifestState = { step: "loading" } | { step: "ready"; manifest: HelpManifest } | { step: "failed"; problem: Problem };

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

/** The help manifest in the browser, asked for when first needed, and how to ask again. */
export function useManifest(): [ManifestState, retry: () => void] {
  const [state, setState] = useState<ManifestState>({ step: "loading" });
  const [attempt, setAttempt] = useState(1);

  useEffect(() => {
    loadManifest().then(
      (manifest) => setState({ step: "ready", manifest }),
      (error: unknown) => setState({ step: "failed", problem: problemOf(error) }),
    );
  }, [attempt]);

  function retry() {
    setState({ step: "loading" });
    setAttempt(attempt + 1);
  }

  return [state, retry];
}
