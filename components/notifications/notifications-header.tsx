import type { ReactNode } from "react";
import { PageHeader } from "@/components/layout/page-header";
import { ZoneLabel } from "@/components/time/zone-label";
import { PageTabs } from "@/components/ui/page-tabs";
import { baseOf, type NotificationOwner } from "./notification-actions";

interface NotificationsHeaderProps {
  owner: NotificationOwner;
  current: "news" | "channels" | "deliveries";
  actions?: ReactNode;
}

/** Title and tabs of the three screens of notifications. */
export function NotificationsHeader({ owner, current, actions }: NotificationsHeaderProps) {
  const base = baseOf(owner);
  return (
    <>
      <PageHeader
        title={owner.companyId === null ? "Portal notifications" : "Notifications"}
        description={<ZoneLabel zone={owner.zone} at={owner.readAt} />}
        actions={actions}
      />
      <PageTabs
        label="Notifications"
        current={current}
        tabs={[
          { name: "news", label: "What happened", href: base },
          { name: "channels", label: "Channels", href: `${base}/channels` },
          { name: "deliveries", label: "Deliveries", href: `${base}/deliveries` },
        ]}
      />
    </>
  );
}
