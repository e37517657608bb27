import { NewsView } from "@/components/notifications/news-view";
import { formatDateTime } from "@/components/time/format";
import { Texts } from "@/components/ui/texts";
import { newsFilter, openPortalNotifications, wordNews } from "@/lib/server/notification-page";
import { textParam } from "@/lib/server/search-params";
import { pageTitle } from "@/lib/server/texts/page-title";
import { readNewsScreen } from "@/lib/services/notifications/read-screens";

export const generateMetadata = pageTitle("notifications.portalTitle");

export default async function PortalNotificationsPage({ searchParams }: PageProps<"/admin/notifications">) {
  const { context, owner } = await openPortalNotifications();
  const query = await searchParams;
  const page = await readNewsScreen(context, newsFilter(query, "portal"), textParam(query, "after"));
  const news = await wordNews(page.news, (at) => formatDateTime(at, owner.zone, "minute"));
  return (
    <Texts of={["notificationKinds", "notifications"]}>
      <NewsView owner={owner} {...page} news={news} />
    </Texts>
  );
}
