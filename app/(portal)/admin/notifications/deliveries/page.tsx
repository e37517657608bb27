import type { Metadata } from "next";
import { DeliveriesView } from "@/components/notifications/deliveries-view";
import { deliveriesFilter, openPortalNotifications } from "@/lib/server/notification-page";
import { textParam } from "@/lib/server/search-params";
import { readDeliveriesScreen } from "@/lib/services/notifications/read-screens";
import { replayAction } from "@/app/(portal)/[company]/notifications/actions";

export const metadata: Metadata = { title: "Deliveries of the portal" };

export default async function PortalDeliveriesPage({
  searchParams,
}: PageProps<"/admin/notifications/deliveries">) {
  const { context, owner } = await openPortalNotifications();
  const query = await searchParams;
  const screen = await readDeliveriesScreen(context, deliveriesFilter(query), textParam(query, "after"));
  return <DeliveriesView owner={owner} screen={screen} replayAction={replayAction} />;
}
