import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import type { LiveState } from "./use-live-events";

const TEXT = {
  live: "live",
  connecting: "connecting",
  off: "paused",
} as const satisfies Record<LiveState, string>;

/** Says whether new events appear by themselves just now. */
export function LiveSign({ state }: { state: LiveState }) {
  const t = useTranslations("lists");
  return (
    <output className="inline-flex items-center gap-1.5 text-xs text-muted-foreground">
      <span
        aria-hidden
        className={cn("size-2 rounded-full", state === "live" ? "bg-success-text" : "bg-muted-foreground/60")}
      />
      {t(TEXT[state])}
    </output>
  );
}
