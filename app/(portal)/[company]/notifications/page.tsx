import type { Metadata } from "next";
import { CompanyChoice } from "@/components/lists/company-choice";
import { NewsView } from "@/components/notifications/news-view";
import { formatDateTime } from "@/components/time/format";
import { Texts } from "@/components/ui/texts";
import { newsFilter, openCompanyNotifications, wordNews } from "@/lib/server/notification-page";
import { textParam } from "@/lib/server/search-params";
import { readNewsScreen } from "@/lib/services/notifications/read-screens";

export const metadata: Metadata = { title: "Notifications" };

export default async function NotificationsPage({
  params,
  searchParams,
}: PageProps<"/[company]/notifications">) {
  const opened = await openCompanyNotifications(params);
  if ("choices" in opened) {
    return <CompanyChoice title="Notifications" page="notifications" companies={opened.choices} />;
  }
  const { context, owner } = opened;
  const query = await searchParams;
  const page = await readNewsScreen(context, newsFilter(query, "company"), textParam(query, "after"));
  const news = await wordNews(page.news, (at) => formatDateTime(at, owner.zone, "minute"));
  return (
    <Texts of={["notificationKinds"]}>
      <NewsView owner={owner} news={news} next={page.next} />
    </Texts>
  );
}
