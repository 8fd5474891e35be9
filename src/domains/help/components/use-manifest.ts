import { useEffect, useState } from "react";
import { problemOf, type Problem } from "#lib/problem.ts";
import { api } from "#ui/api/client.ts";
import type { HelpManifest } from "#domains/help/schema.ts";

export type ManifestState = { step: "loading" } | { step: "ready"; manifest: HelpManifest } | { step: "failed"; problem: Problem };

let loading: Promise<HelpManifest> | undefined;

/** Kept for the life of the page; a failure is not kept. */
function loadManifest(): Promise<HelpManifest> {
  loading ??= requestManifest().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function requestManifest(): Promise<HelpManifest> {
  const { data } = await api.GET("/api/help/manifest");
  if (!data) throw new TypeError("The response has no body");
  return data;
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
