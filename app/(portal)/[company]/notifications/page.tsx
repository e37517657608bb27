import { companyTitle } from "@/lib/server/company-page";
import { companyScreen } from "./company-screen";
import { newsScreen } from "./news-screen";

export const generateMetadata = companyTitle("notifications.title", "notifications:manage");

export default function NotificationsPage({ params, searchParams }: PageProps<"/[company]/notifications">) {
  return companyScreen(params, "notifications", (opened) => newsScreen(opened, searchParams));
}
