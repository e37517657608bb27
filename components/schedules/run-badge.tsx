import { useTranslations } from "next-intl";
import { Badge, type BadgeProps } from "@/components/ui/badge";
import type { RunState } from "@/lib/domain/reports/schedule-run";

const STATES = {
  waiting: { text: "inProgress", variant: "warning" },
  sent: { text: "sent", variant: "success" },
  failed: { text: "failed", variant: "destructive" },
  missed: { text: "missed", variant: "outline" },
  stopped: { text: "stopped", variant: "destructive" },
} as const satisfies Record<RunState, { text: string; variant: BadgeProps["variant"] }>;

/** What came of a report. */
export function RunBadge({ state }: { state: RunState }) {
  const t = useTranslations("schedules");
  const { text, variant } = STATES[state];
  return <Badge variant={variant}>{t(text)}</Badge>;
}
