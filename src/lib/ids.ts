import { v7 } from "uuid";

/** A UUIDv7: sorts by the time it was made, so it also serves as a keyset cursor. */
export function newId(): string {
  return v7();
}
