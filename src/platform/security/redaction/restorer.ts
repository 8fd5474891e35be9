import type { RedactionSession } from "./session.ts";

/** Restores a text that comes in pieces. */
export interface Restorer {
  /** The restored text that can be said so far. Holds back no more than what may be the beginning of a placeholder. */
  push(piece: string): string;
  /** What was held back; the text ends here. */
  end(): string;
}

/** A restorer for one stream; placeholders may be cut anywhere. The pieces joined give what restore() gives of the whole. */
export function createRestorer(session: RedactionSession): Restorer {
  let held = "";
  return {
    push(piece) {
      const text = held + piece;
      const open = session.openFrom(text);
      held = text.slice(open);
      return session.restore(text.slice(0, open));
    },
    end() {
      const rest = held;
      held = "";
      return session.restore(rest);
    },
  };
}
