import { CopyButton } from "./copy-button";

/** Ten codes, shown once: to be copied or written down. */
export function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  return (
    <div className="grid gap-3">
      <p className="text-sm text-muted-foreground">
        Keep these recovery codes where your phone is not: each gets you in once when you cannot use the app.
        They are not shown again.
      </p>
      <ul
        aria-label="Recovery codes"
        className="flex flex-wrap gap-x-8 gap-y-1 rounded-md border bg-muted/40 p-3 font-mono text-sm whitespace-nowrap"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <CopyButton value={codes.join("\n")} label="Copy all codes" hasText variant="outline" />
    </div>
  );
}
