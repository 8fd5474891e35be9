import { z } from "zod";

const minimalLength = 32;
const minimalCharacters = 12;
const placeholder = /change.?me|default|example|password|placeholder|replace|your.?secret|1234567|abcdef/i;

/**
 * A secret that a person set: long enough, varied enough, and none that was copied from somewhere. What is wrong with it
 * is said without saying it.
 */
export const Secret = z
  .string()
  .min(minimalLength, `is shorter than ${minimalLength} characters: use 32 random ones or more, such as openssl rand -base64 48 gives`)
  .refine((text) => new Set(text).size >= minimalCharacters, "repeats few characters: use random ones, such as openssl rand -base64 48 gives")
  .refine((text) => !placeholder.test(text), "looks like a placeholder: use random characters, such as openssl rand -base64 48 gives");
