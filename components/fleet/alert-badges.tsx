import { Badge, type BadgeProps } from "@/components/ui/badge";
import { ALERT_STATE_LABEL } from "@/lib/domain/detections/alert";

const SEVERITY: Readonly<Record<string, BadgeProps["variant"]>> = {
  critical: "destructive",
  high: "destructive",
  medium: "warning",
  low: "outline",
};

export const capital = (word: string) => word.slice(0, 1).toUpperCase() + word.slice(1);

export function SeverityBadge({ severity }: { severity: string }) {
  return <Badge variant={SEVERITY[severity] ?? "outline"}>{capital(severity)}</Badge>;
}

export function StateBadge({ state }: { state: string }) {
  return (
    <Badge variant={state === "open" ? "warning" : "outline"}>{ALERT_STATE_LABEL[state] ?? state}</Badge>
  );
}
