import { isAppError } from "#lib/errors.ts";
import { SampleBadge } from "#domains/grid/components/sample-badge.tsx";
import type { Region } from "#domains/grid/index.ts";
import { getGridStatus } from "#domains/grid/server.ts";

/** Says of a region's page that its numbers are made up, where no source of it has answered yet. */
export async function RegionSampleBadge({ region }: { region: Region }) {
  return (await isSample(region)) && <SampleBadge />;
}

async function isSample(region: Region): Promise<boolean> {
  try {
    const { regions } = await getGridStatus();
    return regions.some((each) => each.region === region && each.sample);
  } catch (error) {
    // Without a database the cards say what is wrong.
    if (isAppError(error)) return false;
    throw error;
  }
}
