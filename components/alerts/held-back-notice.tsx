import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Alert, AlertDescription } from "@/components/ui/alert";
import { TextLink } from "@/components/ui/text-link";
import { useWords } from "@/components/ui/use-words";
import { ruleTitle } from "@/lib/domain/detections/alert";
import { MOST_A_DAY } from "@/lib/domain/detections/throttle";
import type { HeldBack } from "@/lib/services/detections/read-held-back";

/** What a rule that has made too many alerts does for the rest of the day. */
export function HeldBackNote({ held }: Pick<HeldBack, "held">) {
  const t = useTranslations("alertPages");
  return t("heldBack", { most: MOST_A_DAY, held });
}

/** The rules that keep alerts back today; nothing when none does. */
export function HeldBackNotice({
  heldBack,
  companyRef,
}: {
  heldBack: readonly HeldBack[];
  companyRef: string;
}) {
  const t = useTranslations("alertPages");
  const word = useWords("ruleTitles");
  if (heldBack.length === 0) return null;
  return (
    <Alert variant="warning">
      <TriangleAlert aria-hidden />
      <AlertDescription>
        {heldBack.map(({ rule, held }) => (
          <p key={rule}>
            {t.rich("heldBackOf", {
              rule: word(ruleTitle(rule)),
              note: t("heldBack", { most: MOST_A_DAY, held }),
              link: (words) => <TextLink href={`/${companyRef}/alerts/rules#${rule}`}>{words}</TextLink>,
            })}
          </p>
        ))}
      </AlertDescription>
    </Alert>
  );
}
