"use client";

import { Alert, AlertDescription } from "@/components/ui/alert";
import { CopyButton } from "@/components/ui/copy-button";

/** A key or password that is shown this once, to be copied. */
export function SecretOnce({ label, secret, note }: { label: string; secret: string; note: string }) {
  return (
    <Alert>
      <AlertDescription>
        <p>{label}</p>
        <p className="flex items-center gap-1">
          <code className="min-w-0 font-mono text-sm break-all text-foreground">{secret}</code>
          <CopyButton value={secret} label={`Copy ${label.toLowerCase()}`} />
        </p>
        <p>{note}</p>
      </AlertDescription>
    </Alert>
  );
}
