import { SourceFormatError } from "./source.ts";

const maxBytes = 64 * 1024 * 1024;

/**
 * The text of a document in UTF-8, its byte order mark left out and its line ends made one kind. Throws SourceFormatError
 * for another encoding, for what is longer than 64 MB, and for a web page where data should be: providers answer errors
 * with status 200 and HTML.
 */
export function textOf(bytes: Uint8Array, { html = false } = {}): string {
  if (bytes.byteLength > maxBytes) throw new SourceFormatError(`The document has ${bytes.byteLength} bytes, more than ${maxBytes}`);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new SourceFormatError("The document isn't UTF-8", { cause });
  }
  if (text.includes("\0")) throw new SourceFormatError("The document holds NUL characters");
  if (text.trim() === "") throw new SourceFormatError("The document is empty");
  if (!html && /^\s*(<!doctype html|<html|<head|<body)/i.test(text)) throw new SourceFormatError("The document is a web page, not data");
  return text.replaceAll(/\r\n?/g, "\n");
}

/**
 * A number as sources write it; null for what stands for none ("", "-", "--", "N/A", "NULL"). Thousands may be parted by
 * commas. Throws SourceFormatError for anything else, since a guess would be a wrong number.
 */
export function numberOf(text: string | undefined): number | null {
  const trimmed = (text ?? "").trim();
  if (/^(-{0,2}|n\/?a|null|nan)$/i.test(trimmed)) return null;
  if (!/^[-+]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?([eE][-+]?\d{1,2})?$/.test(trimmed)) throw new SourceFormatError(`${JSON.stringify(trimmed.slice(0, 40))} is no number`);
  const value = Number(trimmed.replaceAll(",", ""));
  if (!Number.isFinite(value)) throw new SourceFormatError(`${JSON.stringify(trimmed.slice(0, 40))} is no number`);
  return value;
}

/** A whole number that must be there. */
export function integerOf(text: string | undefined, what: string): number {
  if (!/^\d{1,6}$/.test((text ?? "").trim())) throw new SourceFormatError(`${what} is ${JSON.stringify((text ?? "").slice(0, 40))}, not a whole number`);
  return Number(text);
}
