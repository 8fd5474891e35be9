"use client";

import { useEffect, useState } from "react";
import type { OutlineItem } from "#domains/help/components/article-outline.ts";

/** The article's sections, the one being read marked. */
export function OnThisPage({ items }: { items: OutlineItem[] }) {
  const [current, setCurrent] = useState<string>();

  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => {
        const entered = entries.find((entry) => entry.isIntersecting);
        if (entered) setCurrent(entered.target.id);
      },
      { rootMargin: "0px 0px -70% 0px" },
    );
    for (const { id } of items) {
      const heading = document.getElementById(id);
      if (heading) observer.observe(heading);
    }
    return () => observer.disconnect();
  }, [items]);

  return (
    <nav
      aria-label="On this page"
      className={
        "text-13 leading-body max-xl:mb-6 max-xl:rounded max-xl:border max-xl:px-3 max-xl:py-2 print:hidden " +
        "xl:sticky xl:top-5 xl:col-start-2 xl:row-span-3 xl:row-start-1 xl:self-start"
      }
    >
      <p className="font-strong max-xl:py-1 xl:mb-1">On this page</p>
      <ul>
        {items.map(({ id, text }) => (
          <li key={id}>
            <a
              href={`#${id}`}
              aria-current={id === current ? "location" : undefined}
              className={
                "flex min-h-7 items-center py-1 text-muted no-underline hover:text-text aria-[current]:text-text max-md:min-h-11 " +
                "xl:border-l xl:pl-3 xl:aria-[current]:border-l-2 xl:aria-[current]:border-text xl:aria-[current]:pl-[11px]"
              }
            >
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
