import type { ReactNode } from "react";
import { PageHeader } from "@/components/layout/page-header";
import { ZoneLabel } from "@/components/time/zone-label";
import { PageTabs } from "@/components/ui/page-tabs";

interface AlertsHeaderProps {
  companyId: number;
  zone: string;
  /** Epoch milliseconds. */
  readAt: number;
  current: "alerts" | "rules";
  actions?: ReactNode;
}

/** Title and tabs of alerts and rules. */
export function AlertsHeader({ companyId, zone, readAt, current, actions }: AlertsHeaderProps) {
  return (
    <>
      <PageHeader
        title={current === "alerts" ? "Alerts" : "Rules"}
        description={<ZoneLabel zone={zone} at={readAt} />}
        actions={actions}
      />
      <PageTabs
        label="Alerts and rules"
        current={current}
        tabs={[
          { name: "alerts", label: "Alerts", href: `/${companyId}/alerts` },
          { name: "rules", label: "Rules", href: `/${companyId}/alerts/rules` },
        ]}
      />
    </>
  );
}
