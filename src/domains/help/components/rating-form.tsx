"use client";

import { useRef, useState, type ReactNode } from "react";
import { problemOf, type Problem } from "#lib/problem.ts";
import { Button } from "#ui/button.tsx";
import { TextArea } from "#ui/input.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import { RatingScale } from "#domains/help/components/rating-scale.tsx";
import { sendHelpFeedback } from "#domains/help/components/send-feedback.ts";

type Progress = { step: "open" } | { step: "sending" } | { step: "sent" } | { step: "failed"; problem: Problem };

const commentMaxLength = 2_000;

/** A rating from 1 to 5 with an optional comment. */
export function RatingForm({ entryId }: { entryId: string }) {
  const [rating, setRating] = useState<number>();
  const [comment, setComment] = useState("");
  const [progress, setProgress] = useState<Progress>({ step: "open" });
  const thanks = useRef<HTMLParagraphElement>(null);

  async function send() {
    if (rating === undefined) return;
    setProgress({ step: "sending" });
    try {
      await sendHelpFeedback(entryId, { rating, ...(comment.trim() && { comment: comment.trim() }) });
      setProgress({ step: "sent" });
      requestAnimationFrame(() => thanks.current?.focus());
    } catch (error) {
      setProgress({ step: "failed", problem: problemOf(error) });
    }
  }

  if (progress.step === "sent") {
    return (
      <Frame>
        <p ref={thanks} tabIndex={-1} role="status" className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-2 text-14 outline-none">
          Thanks. You gave {rating} of 5.
          <Button onClick={() => setProgress({ step: "open" })}>Change</Button>
        </p>
      </Frame>
    );
  }

  return (
    <Frame>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <RatingScale rating={rating} onRate={setRating} />
        {rating === undefined ? (
          <p className="mt-2 text-13 text-muted">1 is not useful, 5 is very useful. A comment can follow.</p>
        ) : (
          <div className="late mt-3 grid max-w-measure gap-2">
            <label className="grid gap-1 text-13 text-muted">
              Comment, if you like. Please leave out personal details.
              <TextArea
                rows={3}
                maxLength={commentMaxLength}
                value={comment}
                onChange={(event) => setComment(event.target.value)}
                className="text-text"
              />
            </label>
            <div>
              <Button type="submit" kind="primary" disabled={progress.step === "sending"}>
                {progress.step === "sending" ? "Sending" : "Send"}
              </Button>
            </div>
          </div>
        )}
        {progress.step === "failed" && (
          <div className="mt-3">
            <StateMessage kind="error" title="The feedback wasn’t stored" requestId={progress.problem.requestId}>
              {progress.problem.detail ?? progress.problem.title} Your rating and comment are still here.
            </StateMessage>
          </div>
        )}
      </form>
    </Frame>
  );
}

function Frame({ children }: { children: ReactNode }) {
  return (
    <section aria-label="Feedback" className="mt-8 border-y py-4 print:hidden">
      {children}
    </section>
  );
}
