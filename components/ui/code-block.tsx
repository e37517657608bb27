import { useTranslations } from "next-intl";
import { cn } from "./cn";
import { CopyButton } from "./copy-button";

/** Text to read or copy as it stands: a curl line, a raw event. Long lines scroll inside their own frame; on a phone they wrap. */
export function CodeBlock({ code, label, className }: { code: string; label: string; className?: string }) {
  const t = useTranslations("ui");
  return (
    <div className={cn("flex min-w-0 items-start rounded-md border bg-muted/60", className)}>
      <section
        aria-label={label}
        // A frame that scrolls must be reachable by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        data-print="expand"
        className="max-h-96 min-w-0 flex-1 overflow-auto rounded-md -outline-offset-2"
      >
        <pre className="w-max min-w-full p-3 text-start font-mono text-xs leading-relaxed max-md:w-full max-md:wrap-anywhere max-md:whitespace-pre-wrap print:w-full print:wrap-anywhere print:whitespace-pre-wrap">
          <code>{code}</code>
        </pre>
      </section>
      <CopyButton value={code} label={t("copyWhat", { what: label })} className="m-1.5 shrink-0 bg-card" />
    </div>
  );
}
