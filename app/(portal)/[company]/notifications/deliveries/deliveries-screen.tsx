import { DeliveriesView } from "@/components/notifications/deliveries-view";
import { Texts } from "@/components/ui/texts";
import {
  deliveriesFilter,
  exportQueryOf,
  wordDeliveries,
  type OpenedNotifications,
} from "@/lib/server/notification-page";
import { textParam, type SearchParams } from "@/lib/server/search-params";
import { readDeliveriesScreen } from "@/lib/services/notifications/read-screens";
import { replayAction } from "../actions";

/** What became of the messages of a company, or of the portal. */
export async function deliveriesScreen(
  { context, owner }: OpenedNotifications,
  searchParams: Promise<SearchParams>,
) {
  const query = await searchParams;
  const filter = deliveriesFilter(query);
  const screen = await readDeliveriesScreen(context, filter, textParam(query, "after"));
  return (
    <Texts of={["notifications"]}>
      <DeliveriesView
        owner={owner}
        screen={await wordDeliveries(screen)}
        exportQuery={exportQueryOf(filter)}
        replayAction={replayAction}
      />
    </Texts>
  );
}
