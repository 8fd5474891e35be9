/**
 * next/link for the tests of components: an anchor. Next's own prefetches and navigates through its router, which a
 * component rendered alone doesn't have. Journeys in tests/e2e go through the real one.
 */
import type { ComponentProps } from "react";

export default function Link({ prefetch: _prefetch, ...props }: ComponentProps<"a"> & { href: string; prefetch?: boolean }) {
  return (
    <a
      {...props}
      onClick={(event) => {
        props.onClick?.(event);
        // The test's page stays where it is.
        event.preventDefault();
      }}
    />
  );
}

export function useLinkStatus(): { pending: boolean } {
  return { pending: false };
}
