import { z } from "zod";

/** A person's name as others see it; may be empty. */
export const PersonName = z.string().trim().max(100);
