import { Badge, type BadgeProps } from "@/components/ui/badge";
import type { RunState } from "@/lib/domain/reports/schedule-run";

const STATES: Readonly<Record<RunState, { label: string; variant: BadgeProps["variant"] }>> = {
  waiting: { label: "On its way", variant: "warning" },
  sent: { label: "Sent", variant: "success" },
  failed: { label: "Failed", variant: "destructive" },
  missed: { label: "Missed", variant: "outline" },
  stopped: { label: "Stopped", variant: "destructive" },
};

/** What came of a report. */
export function RunBadge({ state }: { state: RunState }) {
  const { label, variant } = STATES[state];
  return <Badge variant={variant}>{label}</Badge>;
}
