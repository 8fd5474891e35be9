import { useId, useState } from "react";
import { Button } from "#ui/button.tsx";
import { TextArea } from "#ui/input.tsx";

interface CommentFormProps {
  helpful: boolean;
  sending: boolean;
  onSend: (comment: string) => void;
  onDismiss: () => void;
}

const maxLength = 2_000;

/** Follows a rating: why, for those who want to say. */
export function CommentForm({ helpful, sending, onSend, onDismiss }: CommentFormProps) {
  const [comment, setComment] = useState("");
  const id = useId();
  return (
    <form
      className="late mt-3 grid gap-2 text-14 leading-body print:hidden"
      onSubmit={(event) => {
        event.preventDefault();
        onSend(comment.trim());
      }}
    >
      <label htmlFor={id} className="text-13 text-muted">
        {helpful ? "What helped, if you like" : "What was wrong or missing, if you like"}. Please leave out personal details.
      </label>
      <TextArea id={id} rows={2} maxLength={maxLength} value={comment} onChange={(event) => setComment(event.target.value)} />
      <div className="flex gap-2">
        <Button type="submit" kind="primary" disabled={sending || comment.trim() === ""}>
          {sending ? "Sending" : "Send"}
        </Button>
        <Button onClick={onDismiss}>No comment</Button>
      </div>
    </form>
  );
}
