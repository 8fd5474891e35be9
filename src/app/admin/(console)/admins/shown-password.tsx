"use client";

import { useState } from "react";
import { Button } from "#ui/button.tsx";

/** A password that can be seen this once. */
export function ShownPassword({ name, password, onClose }: { name: string; password: string; onClose: () => void }) {
  const [copied, setCopied] = useState<boolean>();
  return (
    <div className="grid gap-3 text-14">
      <p>
        Hand this password to {name} on a safe way. It can’t be shown again; they can choose their own under “Your access”.
      </p>
      <p className="rounded border bg-sunken p-3">
        <code className="font-mono break-all select-all">{password}</code>
      </p>
      {copied === false && <p role="alert" className="text-13 text-bad">The browser didn’t copy it. Select the password and copy it yourself.</p>}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={() => void navigator.clipboard.writeText(password).then(() => setCopied(true), () => setCopied(false))}>{copied ? "Copied" : "Copy"}</Button>
        <Button kind="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    </div>
  );
}
