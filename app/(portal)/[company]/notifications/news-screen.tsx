import { NewsView } from "@/components/notifications/news-view";
import { formatDateTime } from "@/components/time/format";
import { Texts } from "@/components/ui/texts";
import {
  exportQueryOf,
  newsFilter,
  wordNews,
  type OpenedNotifications,
} from "@/lib/server/notification-page";
import { textParam, type SearchParams } from "@/lib/server/search-params";
import { readNewsScreen } from "@/lib/services/notifications/read-screens";

/** What a company, or the portal, was told. */
export async function newsScreen(
  { context, owner }: OpenedNotifications,
  searchParams: Promise<SearchParams>,
) {
  const query = await searchParams;
  const filter = newsFilter(query, owner.companyId === null ? "portal" : "company");
  const page = await readNewsScreen(context, filter, textParam(query, "after"));
  const news = await wordNews(page.news, (at) => formatDateTime(at, owner.zone, "minute"));
  return (
    <Texts of={["notificationKinds", "notifications"]}>
      <NewsView owner={owner} {...page} news={news} exportQuery={exportQueryOf(filter)} />
    </Texts>
  );
}
