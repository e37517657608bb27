import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PageHeader } from "@/components/layout/page-header";
import { ZoneLabel } from "@/components/time/zone-label";
import { PageTabs } from "@/components/ui/page-tabs";
import { ALL_COMPANIES } from "@/lib/domain/nav-model";

const PAGES = ["alerts", "rules", "calendar", "tags"] as const;

interface AlertsHeaderProps {
  /** Null for several companies, of which the further pages let one be chosen. */
  companyId: number | null;
  zone: string;
  /** Epoch milliseconds. */
  readAt: number;
  current: (typeof PAGES)[number];
  actions?: ReactNode;
}

/** Title and tabs of alerts, rules and what rules need to know. */
export function AlertsHeader({ companyId, zone, readAt, current, actions }: AlertsHeaderProps) {
  const t = useTranslations("alertPages");
  const home = `/${companyId ?? ALL_COMPANIES}/alerts`;
  return (
    <>
      <PageHeader title={t(current)} description={<ZoneLabel zone={zone} at={readAt} />} actions={actions} />
      <PageTabs
        label={t("pages")}
        current={current}
        tabs={PAGES.map((name) => ({
          name,
          label: t(name),
          href: name === "alerts" ? home : `${home}/${name}`,
        }))}
      />
    </>
  );
}
