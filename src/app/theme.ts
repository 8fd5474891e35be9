import { cookies } from "next/headers";
import { themeCookie, toTheme, type Theme } from "#ui/shell/theme.ts";

/** The theme that the reader chose. */
export async function readTheme(): Promise<Theme> {
  return toTheme((await cookies()).get(themeCookie)?.value);
}
