import { useTranslations } from "next-intl";
import type { ComponentProps, ReactNode } from "react";
import { PageHeader } from "@/components/layout/page-header";
import { NothingYet } from "@/components/lists/nothing-in-range";
import { ZoneLabel } from "@/components/time/zone-label";
import { Link } from "@/components/ui/link";
import { PageTabs } from "@/components/ui/page-tabs";
import { baseOf, type NotificationOwner } from "./notification-actions";

interface NotificationsHeaderProps {
  owner: NotificationOwner;
  current: "news" | "channels" | "deliveries";
  actions?: ReactNode;
}

/** Title and tabs of the three screens of notifications. */
export function NotificationsHeader({ owner, current, actions }: NotificationsHeaderProps) {
  const t = useTranslations("notifications");
  const base = baseOf(owner);
  return (
    <>
      <PageHeader
        title={t(owner.companyId === null ? "portalTitle" : "title")}
        description={<ZoneLabel zone={owner.zone} at={owner.readAt} />}
        actions={actions}
      />
      <PageTabs
        label={t("title")}
        current={current}
        tabs={[
          { name: "news", label: t("history"), href: base },
          { name: "channels", label: t("channels"), href: `${base}/channels` },
          { name: "deliveries", label: t("deliveries"), href: `${base}/deliveries` },
        ]}
      />
    </>
  );
}

interface NothingSentProps extends Omit<ComponentProps<typeof NothingYet>, "description"> {
  owner: NotificationOwner;
  describe: (link: (words: ReactNode) => ReactNode) => ReactNode;
}

/** An empty list, from which a link leads to where messages are set up. */
export function NothingSent({ owner, describe, ...nothing }: NothingSentProps) {
  const link = (words: ReactNode) => (
    <Link href={`${baseOf(owner)}/channels`} className="text-link underline">
      {words}
    </Link>
  );
  return <NothingYet {...nothing} description={describe(link)} />;
}
