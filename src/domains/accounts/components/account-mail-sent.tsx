"use client";

import { useEffect, useRef, type ReactNode } from "react";

/** Says that a mail is under way, where the form was; focus goes there. */
export function MailSent({ address, children }: { address: string; children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => ref.current?.focus(), []);
  return (
    <div ref={ref} tabIndex={-1} role="status" className="rounded border bg-sunken p-4 text-14 leading-body outline-none">
      <p className="font-strong">A mail is under way to {address}</p>
      <p className="mt-1">{children}</p>
      <p className="mt-1 text-muted">The link works for an hour, once. If nothing comes, look among the spam, and check the address.</p>
    </div>
  );
}
