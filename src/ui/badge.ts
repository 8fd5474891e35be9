/** The look of a badge, for the element that carries it. */
export const badgeClass =
  "inline-flex h-[22px] items-center gap-1.5 rounded-pill border px-2 text-12 whitespace-nowrap text-muted no-underline";
