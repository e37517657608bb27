import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import type { LiveState } from "./use-live-events";

const TEXT = {
  live: "live",
  connecting: "connecting",
  off: "paused",
} as const satisfies Record<LiveState, string>;

interface LiveSignProps {
  state: LiveState;
  /** Where a word that comes and goes would move what stands beside it: only a dot while it connects. */
  isBrief?: boolean;
}

/** Says whether new events appear by themselves just now. */
export function LiveSign({ state, isBrief }: LiveSignProps) {
  const t = useTranslations("lists");
  const word = t(TEXT[state]);
  return (
    <output className="inline-flex items-center gap-1.5 text-xs text-muted-foreground">
      <span
        aria-hidden
        className={cn("size-2 rounded-full", state === "live" ? "bg-success-text" : "bg-muted-foreground/60")}
      />
      {isBrief && state === "connecting" ? <span className="sr-only">{word}</span> : word}
    </output>
  );
}
