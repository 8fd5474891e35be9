"use client";

import { Button } from "#ui/button.tsx";
import { clear } from "#domains/assistant/components/conversation-store.ts";
import { useConversation } from "#domains/assistant/components/use-conversation.ts";

export function ClearHistory() {
  const { turns } = useConversation();
  if (turns.length === 0) return null;
  return (
    <Button
      onClick={() => {
        clear();
        history.replaceState(null, "", "/ask");
      }}
    >
      Clear history
    </Button>
  );
}
