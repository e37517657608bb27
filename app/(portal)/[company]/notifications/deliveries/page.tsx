import type { Metadata } from "next";
import { CompanyChoice } from "@/components/lists/company-choice";
import { DeliveriesView } from "@/components/notifications/deliveries-view";
import { deliveriesFilter, openCompanyNotifications } from "@/lib/server/notification-page";
import { textParam } from "@/lib/server/search-params";
import { readDeliveriesScreen } from "@/lib/services/notifications/read-screens";
import { replayAction } from "../actions";

export const metadata: Metadata = { title: "Deliveries" };

export default async function DeliveriesPage({
  params,
  searchParams,
}: PageProps<"/[company]/notifications/deliveries">) {
  const opened = await openCompanyNotifications(params);
  if ("choices" in opened) {
    return <CompanyChoice title="Notifications" page="notifications" companies={opened.choices} />;
  }
  const { context, owner } = opened;
  const query = await searchParams;
  const screen = await readDeliveriesScreen(context, deliveriesFilter(query), textParam(query, "after"));
  return <DeliveriesView owner={owner} screen={screen} replayAction={replayAction} />;
}
