import { randomInt } from "node:crypto";
import { AppError } from "#lib/errors.ts";
import { adminPasswordMaxLength, adminPasswordMinLength } from "./admin-schema.ts";

/** What people choose first when twelve characters are asked for, without digits and signs. */
const wellKnown = ["password", "passwort", "motdepasse", "welcome", "letmein", "qwerty", "qwertyuiop", "azerty", "administrator", "admin", "changeme", "iloveyou", "tieline", "secret", "abcdefghijkl", "correcthorsebatterystaple"];

const alphabet = "abcdefghjkmnpqrstuvwxyzACDEFGHJKLMNPQRTUVWXY34679";
const groups = 5;
const groupLength = 4;

/** What is wrong with a password for somebody with this e-mail, as a sentence; null when it will do. */
export function passwordWeakness(password: string, email: string): string | null {
  const characters = [...password];
  if (characters.length < adminPasswordMinLength) return `Use at least ${adminPasswordMinLength} characters.`;
  if (password.length > adminPasswordMaxLength) return `Use at most ${adminPasswordMaxLength} characters.`;
  const plain = password.toLowerCase();
  const [mailbox = ""] = email.toLowerCase().split("@", 1);
  if (plain.includes(email.toLowerCase()) || (mailbox.length >= 6 && plain.includes(mailbox))) return "Leave your e-mail address out of it.";
  if (new Set(characters).size < 5) return "Use more than a few different characters.";
  const letters = plain.replace(/[^\p{L}]/gu, "");
  const steps = new Set(characters.slice(1).map((character, index) => (character.codePointAt(0) ?? 0) - (characters[index]?.codePointAt(0) ?? 0)));
  if (steps.size <= 2 || wellKnown.some((word) => letters === word || letters === word.repeat(2))) return "This one is well known. Use several unrelated words.";
  return null;
}

/** Throws INVALID_REQUEST, naming the field at `path`, for a password that is too easy to guess. */
export function requireStrongPassword(password: string, email: string, path: string): void {
  const weakness = passwordWeakness(password, email);
  if (weakness !== null) throw new AppError("INVALID_REQUEST", { detail: `This password is too easy to guess. ${weakness}`, errors: [{ path, message: weakness }] });
}

/** A password to hand to somebody: 112 random bits, in groups, without characters that look alike. */
export function makePassword(): string {
  const group = () => Array.from({ length: groupLength }, () => alphabet[randomInt(alphabet.length)]).join("");
  return Array.from({ length: groups }, group).join("-");
}
