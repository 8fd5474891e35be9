import { problemOf } from "#lib/problem.ts";
import { askStream } from "#domains/assistant/components/ask-stream.ts";
import { spokenText } from "#domains/assistant/components/answer-blocks.ts";
import { advance, deserialize, serialize, skeletonRestMs, writtenText } from "#domains/assistant/components/conversation.ts";
import type { Turn, TurnState } from "#domains/assistant/components/conversation.ts";

export interface Conversation {
  /** False until the browser's own history has been read. */
  ready: boolean;
  turns: Turn[];
  /** The turns that were cleared last, as long as that can be undone. */
  cleared: Turn[] | undefined;
  /** What a screen reader is told. */
  announcement: string;
}

/** The server knows no history. */
export const emptyConversation: Conversation = { ready: false, turns: [], cleared: undefined, announcement: "" };

const storageKey = "tieline.ask";
const controllers = new Map<string, AbortController>();
const listeners = new Set<() => void>();
let current = emptyConversation;

/** Follows the conversation, which lives as long as the tab: an answer goes on while its reader looks at other pages. */
export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (!current.ready) load();
  return () => listeners.delete(listener);
}

export function conversation(): Conversation {
  return current;
}

export function ask(question: string): void {
  const turn: Turn = { id: newTurnId(), question, state: { phase: "searching" } };
  update({ turns: [...current.turns, turn], cleared: undefined });
  void run(turn);
}

/** Asks the question of a turn again, in its place. */
export function retry(turn: Turn): void {
  setState(turn.id, { phase: "searching" });
  void run(turn);
}

/** Stops every answer that is on its way; what was written stays. */
export function stop(): void {
  for (const controller of controllers.values()) controller.abort();
}

export function clear(): void {
  stop();
  update({ turns: [], cleared: current.turns, announcement: "History cleared" });
  save();
}

export function undoClear(): void {
  update({ turns: current.cleared ?? [], cleared: undefined, announcement: "History is back" });
  save();
}

export function setHelpful(turnId: string, helpful: boolean | undefined): void {
  const state = current.turns.find(({ id }) => id === turnId)?.state;
  if (state?.phase === "answered") setState(turnId, { ...state, helpful });
  save();
}

/** Unique within the tab; crypto.randomUUID is missing where a page comes without TLS. */
function newTurnId(): string {
  return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
}

async function run({ id, question }: Turn): Promise<void> {
  const controller = new AbortController();
  controllers.set(id, controller);
  const started = performance.now();
  let state: TurnState = { phase: "searching" };
  let rested = false;
  announce("Searching the sources");
  try {
    for await (const event of askStream(question, controller.signal)) {
      if (event.event !== "retrieval" && !rested) {
        rested = true;
        await new Promise((resolve) => setTimeout(resolve, skeletonRestMs(performance.now() - started)));
      }
      state = advance(state, event);
      setState(id, state);
      if (state.phase === "answered") announce(`Answer: ${spokenText(state.answer.answer)}`);
      controller.signal.throwIfAborted();
    }
    if (state.phase !== "answered") throw new TypeError("The stream held no answer");
  } catch (error) {
    // An answer that is whole stays, whatever becomes of its connection.
    if (state.phase !== "answered") fail(id, state, controller.signal.aborted ? undefined : error);
  } finally {
    controllers.delete(id);
    save();
  }
}

function fail(id: string, state: TurnState, error: unknown): void {
  const text = writtenText(state);
  if (error === undefined) {
    setState(id, { phase: "stopped", text });
    announce("Stopped");
  } else {
    // The message that appears is an alert: it is read without an announcement.
    setState(id, { phase: "failed", text, problem: problemOf(error) });
    announce("");
  }
}

function setState(turnId: string, state: TurnState): void {
  const change = (turns: Turn[]) => turns.map((turn) => (turn.id === turnId ? { ...turn, state } : turn));
  update({ turns: change(current.turns), cleared: current.cleared && change(current.cleared) });
}

function announce(announcement: string): void {
  update({ announcement });
}

function update(changes: Partial<Conversation>): void {
  current = { ...current, ...changes };
  for (const listener of listeners) listener();
}

function load(): void {
  let stored: string | null = null;
  try {
    stored = sessionStorage.getItem(storageKey);
  } catch {
    // Storage is blocked: the history lasts as long as the page.
  }
  addEventListener("pagehide", save);
  update({ ready: true, turns: deserialize(stored) });
}

function save(): void {
  try {
    if (current.turns.length > 0) sessionStorage.setItem(storageKey, serialize(current.turns));
    else sessionStorage.removeItem(storageKey);
  } catch {
    // Storage is full or blocked.
  }
}
