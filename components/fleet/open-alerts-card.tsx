import { useTranslations } from "next-intl";
import { SeverityBadge } from "@/components/fleet/alert-badges";
import { ExactTime } from "@/components/time/exact-time";
import { formatDateTime } from "@/components/time/format";
import { TitledCard } from "@/components/ui/card";
import { TextLink } from "@/components/ui/text-link";
import { useWords } from "@/components/ui/use-words";
import { alertText, ruleTitle } from "@/lib/domain/detections/alert";
import type { OpenAlerts } from "@/lib/services/detections/open-alerts";

interface OpenAlertsProps extends OpenAlerts {
  zone: string;
}

/** The open alerts of an account or a computer, and the way to all of them; nothing where there is none. */
export function OpenAlertsCard({ allHref, ...open }: OpenAlertsProps & { allHref: string }) {
  const t = useTranslations("fleet");
  if (open.total === 0) return null;
  return (
    <TitledCard
      title={t("openAlertsCount", { count: open.total })}
      action={
        <TextLink href={allHref} className="text-sm">
          {t("allAlerts")}
        </TextLink>
      }
      contentClassName="px-0"
    >
      <OpenAlertsList {...open} />
    </TitledCard>
  );
}

/** The alerts as a list for a card without padding; each leads to its page. */
export function OpenAlertsList({ alerts, zone }: Pick<OpenAlertsProps, "alerts" | "zone">) {
  const t = useTranslations("fleet");
  const word = useWords("ruleTitles", "ruleSentences", "units");
  return (
    <ul aria-label={t("openAlerts")} className="divide-y text-sm">
      {alerts.map((alert) => (
        <li key={`${alert.companyId} ${alert.id}`} className="grid gap-1 px-4 py-2">
          <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <SeverityBadge severity={alert.severity} />
            <TextLink href={`/${alert.companyId}/alerts/${alert.id}`} className="font-medium">
              {word(ruleTitle(alert.rule))}
            </TextLink>
            <ExactTime
              at={alert.lastAt}
              zone={zone}
              className="tabular ms-auto text-xs whitespace-nowrap text-muted-foreground"
            />
          </span>
          <span className="line-clamp-3 text-muted-foreground wrap-anywhere">
            {word(alertText(alert.rule, alert), (at) => formatDateTime(at, zone, "minute"))}
          </span>
        </li>
      ))}
    </ul>
  );
}
