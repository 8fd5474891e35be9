import type { ReactNode } from "react";
import { cx } from "#ui/class-names.ts";

/** Why a panel doesn't show what it should. */
type MessageKind = "empty" | "partial" | "stale" | "error" | "forbidden";

interface StateMessageProps {
  kind: MessageKind;
  /** What happened, or what would be here. */
  title: string;
  /** What it means, and what to do. */
  children?: ReactNode;
  /** The one action that helps. */
  action?: ReactNode;
  /** For support: finds the request in the logs. */
  requestId?: string | undefined;
}

const looks: Record<MessageKind, string> = {
  empty: "border-dashed border-line-strong",
  partial: "border-line bg-warn-soft",
  stale: "border-line bg-warn-soft",
  error: "border-line bg-bad-soft",
  forbidden: "border-line bg-sunken",
};

export function StateMessage({ kind, title, children, action, requestId }: StateMessageProps) {
  return (
    <div role={kind === "error" ? "alert" : undefined} className={cx("rounded border p-4 text-14 leading-body", looks[kind])}>
      <p className="font-strong">{title}</p>
      {children && <div className="mt-1">{children}</div>}
      {action && <div className="mt-3 flex flex-wrap gap-2">{action}</div>}
      {requestId && (
        <p className="mt-3 text-12 text-muted">
          Request <code className="font-mono break-all">{requestId}</code>
        </p>
      )}
    </div>
  );
}
