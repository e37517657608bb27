import { TriangleAlert } from "lucide-react";
import { Alert, AlertDescription } from "@/components/ui/alert";
import { Link } from "@/components/ui/link";
import { ruleTitle } from "@/lib/domain/detections/alert";
import { MOST_A_DAY } from "@/lib/domain/detections/throttle";
import { counted } from "@/lib/domain/detections/words";
import type { HeldBack } from "@/lib/services/detections/read-held-back";

/** What a rule that has made too many alerts does for the rest of the day. */
export function heldBackWords(held: number): string {
  return `It has made ${MOST_A_DAY} alerts today and keeps the rest of the day back: ${counted(held, "alert")} so far. Tune it or add exceptions.`;
}

/** The rules that keep alerts back today; nothing when none does. */
export function HeldBackNotice({
  heldBack,
  companyId,
}: {
  heldBack: readonly HeldBack[];
  companyId: number;
}) {
  if (heldBack.length === 0) return null;
  return (
    <Alert variant="warning">
      <TriangleAlert aria-hidden />
      <AlertDescription>
        {heldBack.map(({ rule, held }) => (
          <p key={rule}>
            <Link href={`/${companyId}/alerts/rules#${rule}`} className="text-link hover:underline">
              {ruleTitle(rule)}
            </Link>
            {`: ${heldBackWords(held)}`}
          </p>
        ))}
      </AlertDescription>
    </Alert>
  );
}
