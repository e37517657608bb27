import type { ReactNode } from "react";
import { PageHeader } from "@/components/layout/page-header";
import { ZoneLabel } from "@/components/time/zone-label";
import { PageTabs } from "@/components/ui/page-tabs";

const PAGES = { alerts: "Alerts", rules: "Rules", calendar: "Company calendar", tags: "Tags" };

interface AlertsHeaderProps {
  companyId: number;
  zone: string;
  /** Epoch milliseconds. */
  readAt: number;
  current: keyof typeof PAGES;
  actions?: ReactNode;
}

/** Title and tabs of alerts, rules and what rules need to know. */
export function AlertsHeader({ companyId, zone, readAt, current, actions }: AlertsHeaderProps) {
  const home = `/${companyId}/alerts`;
  return (
    <>
      <PageHeader
        title={PAGES[current]}
        description={<ZoneLabel zone={zone} at={readAt} />}
        actions={actions}
      />
      <PageTabs
        label="Alerts and rules"
        current={current}
        tabs={Object.entries(PAGES).map(([name, label]) => ({
          name,
          label,
          href: name === "alerts" ? home : `${home}/${name}`,
        }))}
      />
    </>
  );
}
