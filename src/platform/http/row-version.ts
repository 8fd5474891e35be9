import { z } from "zod";

/** The number of a row's version that an editor knows. There is room for one after it: databases hold it in four bytes. */
export const RowVersion = z.number().int().min(1).max(2_147_483_646);
