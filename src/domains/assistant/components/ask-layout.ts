/** As high as the window, so that the question field stands at its lower edge from the start. */
export const askPageClass =
  "mx-auto -mb-10 flex min-h-[calc(100dvh-var(--topbar)-16px)] max-w-[1040px] flex-col md:-mb-12 md:min-h-[calc(100dvh-20px)]";

/** The conversation with the field below it, and the open passage beside both where there is room. */
export const conversationGridClass =
  "grid flex-1 grid-rows-[1fr_auto] text-16 lg:grid-cols-[minmax(0,68ch)_minmax(280px,1fr)] lg:gap-x-10";
