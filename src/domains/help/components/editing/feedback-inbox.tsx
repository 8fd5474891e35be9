"use client";

import Link from "next/link";
import { useRef, useState } from "react";
import { formatDateTime } from "#lib/format-time.ts";
import { problemOf, type Problem } from "#lib/problem.ts";
import { api } from "#ui/api/client.ts";
import { Button } from "#ui/button.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import { Toast, useToast } from "#ui/toast.tsx";
import type { FeedbackItem } from "#domains/help/edit-schema.ts";

interface FeedbackInboxProps {
  items: FeedbackItem[];
  filtered: boolean;
  canMark: boolean;
}

/** Readers' ratings and comments. One that is marked stays where it stands until the page is loaded anew, so that it can be taken back. */
export function FeedbackInbox({ items, filtered, canMark }: FeedbackInboxProps) {
  const [marked, setMarked] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [problem, setProblem] = useState<Problem | null>(null);
  const { toast, show, close } = useToast();
  const busy = useRef(new Set<string>());
  const isHandled = ({ id, handledAt }: FeedbackItem) => marked.get(id) ?? handledAt !== null;

  async function mark(item: FeedbackItem, handled: boolean) {
    if (busy.current.has(item.id)) return;
    busy.current.add(item.id);
    const set = (value: boolean) => setMarked((current) => new Map(current).set(item.id, value));
    set(handled);
    setProblem(null);
    try {
      await api.PATCH("/api/admin/feedback/{id}", { params: { path: { id: item.id } }, body: { handled } });
      show(handled ? "Marked as handled" : "Back among what is to be handled", () => void mark(item, !handled));
    } catch (error) {
      set(!handled);
      setProblem(problemOf(error));
    } finally {
      busy.current.delete(item.id);
    }
  }

  if (items.length === 0) {
    return (
      <StateMessage kind="empty" title={filtered ? "No feedback fits these filters" : "No feedback yet"}>
        {filtered ? "Take a filter away to see more." : "What readers say below a help entry arrives here."}
      </StateMessage>
    );
  }
  return (
    <>
      {problem && (
        <div className="mb-3">
          <StateMessage kind="error" title="That wasn’t stored" requestId={problem.requestId}>
            {problem.detail ?? problem.title}
          </StateMessage>
        </div>
      )}
      <ul className="rounded border bg-surface">
        {items.map((item) => (
          <li key={item.id} className="grid gap-2 border-t p-3 first:border-t-0 sm:grid-cols-[72px_minmax(0,1fr)_auto] sm:items-start">
            <span className="text-13 font-strong">{item.rating} of 5</span>
            <div className="min-w-0">
              {item.comment === null ? <p className="text-14 text-muted">No comment</p> : <p className="text-14 leading-body break-words whitespace-pre-wrap">{item.comment}</p>}
              <p className="mt-1 flex flex-wrap items-center gap-x-3 text-12 text-muted">
                <Link href={`/help/${item.entryId}`} prefetch={false} className="touch-area inline-flex min-h-6 items-center">
                  {item.entryTitle}
                </Link>
                <Link href={`/admin/help/${item.entryId}`} prefetch={false} aria-label={`Edit ${item.entryTitle}`} className="touch-area inline-flex min-h-6 items-center">
                  Edit
                </Link>
                <span>{formatDateTime(item.createdAt)}</span>
                {isHandled(item) && <span>Handled</span>}
              </p>
            </div>
            {canMark && (
              <Button onClick={() => void mark(item, !isHandled(item))} className="justify-self-start">
                {isHandled(item) ? "Reopen" : "Mark handled"}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Toast toast={toast} onClose={close} />
    </>
  );
}
