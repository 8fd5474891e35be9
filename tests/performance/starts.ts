/** How long a start takes: from spawning the process until `/` has been answered with 200. */
import { join } from "node:path";
import { temporaryFolder } from "../support/servers/exit.ts";
import type { EmptyNext } from "./empty-next.ts";
import { figure, type Findings } from "./report.ts";
import { product, serve, type Start } from "./served.ts";

const rounds = 5;

/** Cold (empty DATA_DIR), warm (the same again) and the empty application, in turn. */
export async function measureStarts(empty: EmptyNext): Promise<Findings> {
  const folder = temporaryFolder("starts", null);
  const [cold, warm, bare]: number[][] = [[], [], []];
  try {
    for (let round = 0; round < rounds; round += 1) {
      const start = product(join(folder.path, String(round)), folder.path);
      cold?.push(await firstPage(start));
      warm?.push(await firstPage(start));
      bare?.push(await firstPage(empty.start));
    }
  } finally {
    await folder.remove();
  }
  const baseline = { name: "empty Next application, next start", samples: bare ?? [] };
  return {
    title: "Start, from spawn to the first 200 of /",
    figures: [
      figure("cold: makes, migrates and seeds the database", "ms", cold ?? [], { baseline }),
      figure("warm: the same DATA_DIR again", "ms", warm ?? [], { baseline }),
    ],
    notes: ["Built beforehand. The files may be in the operating system's cache. The empty application's page is static, ours isn't."],
  };
}

async function firstPage(start: Start): Promise<number> {
  const served = await serve(start);
  await served.end();
  return served.firstPageMs;
}
