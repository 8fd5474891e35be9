import { useSyncExternalStore } from "react";
import { conversation, emptyConversation, subscribe, type Conversation } from "#domains/assistant/components/conversation-store.ts";

export function useConversation(): Conversation {
  return useSyncExternalStore(subscribe, conversation, () => emptyConversation);
}
