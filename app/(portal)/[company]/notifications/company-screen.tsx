import type { ReactNode } from "react";
import { CompanyChoice } from "@/components/lists/company-choice";
import { openCompanyNotifications, type OpenedNotifications } from "@/lib/server/notification-page";

/** A screen of the notifications of the address's company, or the companies to choose from; `page` is the segments below one. */
export async function companyScreen(
  params: Promise<{ company: string }>,
  page: "notifications" | "notifications/channels" | "notifications/deliveries",
  draw: (opened: OpenedNotifications) => Promise<ReactNode>,
) {
  const opened = await openCompanyNotifications(params);
  if (!("choices" in opened)) return draw(opened);
  return <CompanyChoice titleKey="notifications.title" page={page} companies={opened.choices} />;
}
