import { pageTitle } from "@/lib/server/texts/page-title";
import { companyScreen } from "./company-screen";
import { newsScreen } from "./news-screen";

export const generateMetadata = pageTitle("notifications.title");

export default function NotificationsPage({ params, searchParams }: PageProps<"/[company]/notifications">) {
  return companyScreen(params, (opened) => newsScreen(opened, searchParams));
}
