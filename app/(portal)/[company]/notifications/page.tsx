import { getTranslations } from "next-intl/server";
import { CompanyChoice } from "@/components/lists/company-choice";
import { NewsView } from "@/components/notifications/news-view";
import { formatDateTime } from "@/components/time/format";
import { Texts } from "@/components/ui/texts";
import { newsFilter, openCompanyNotifications, wordNews } from "@/lib/server/notification-page";
import { textParam } from "@/lib/server/search-params";
import { pageTitle } from "@/lib/server/texts/page-title";
import { readNewsScreen } from "@/lib/services/notifications/read-screens";

export const generateMetadata = pageTitle("notifications.title");

export default async function NotificationsPage({
  params,
  searchParams,
}: PageProps<"/[company]/notifications">) {
  const opened = await openCompanyNotifications(params);
  if ("choices" in opened) {
    const t = await getTranslations("notifications");
    return <CompanyChoice title={t("title")} page="notifications" companies={opened.choices} />;
  }
  const { context, owner } = opened;
  const query = await searchParams;
  const page = await readNewsScreen(context, newsFilter(query, "company"), textParam(query, "after"));
  const news = await wordNews(page.news, (at) => formatDateTime(at, owner.zone, "minute"));
  return (
    <Texts of={["notificationKinds", "notifications"]}>
      <NewsView owner={owner} {...page} news={news} />
    </Texts>
  );
}
