import { cn } from "@/components/ui/cn";
import type { LiveState } from "./use-live-events";

const TEXT: Record<LiveState, string> = { live: "Live", connecting: "Connecting…", off: "Paused" };

/** Says whether new events appear by themselves just now. */
export function LiveSign({ state }: { state: LiveState }) {
  return (
    <output className="inline-flex items-center gap-1.5 text-xs text-muted-foreground">
      <span
        aria-hidden
        className={cn("size-2 rounded-full", state === "live" ? "bg-success-text" : "bg-muted-foreground/60")}
      />
      {TEXT[state]}
    </output>
  );
}
