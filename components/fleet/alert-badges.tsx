import { Badge, type BadgeProps } from "@/components/ui/badge";
import { useWords } from "@/components/ui/use-words";
import { severityText, stateText } from "@/lib/domain/detections/alert";

const SEVERITY: Readonly<Record<string, BadgeProps["variant"]>> = {
  critical: "destructive",
  high: "destructive",
  medium: "warning",
  low: "outline",
};

export function SeverityBadge({ severity }: { severity: string }) {
  const word = useWords("severities");
  return <Badge variant={SEVERITY[severity] ?? "outline"}>{word(severityText(severity))}</Badge>;
}

export function StateBadge({ state }: { state: string }) {
  const word = useWords("alertStates");
  return <Badge variant={state === "open" ? "warning" : "outline"}>{word(stateText(state))}</Badge>;
}
