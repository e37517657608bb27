import { listDeliveries, listNotifications } from "@/db/queries/notifications/lists";
import { readWithin, type CompanyScope } from "@/db/scope";
import type {
  DeliveriesQuery,
  DeliveryListRow,
  NotificationListRow,
  NotificationsQuery,
} from "@/lib/domain/reports/notifications";
import type { RowPage, RowPageAsk } from "../reports/row-page";
import { pageOf, readCursor } from "../reports/sort-cursor";

const ORDER = "-at";

/** A page of the scope's notifications, newest first. @throws AppError `invalid` for a cursor of another list. */
export async function pageNotifications(
  scope: CompanyScope,
  { state, kind, severity, site, account, computer }: Partial<NotificationsQuery>,
  { after, limit, signal }: RowPageAsk,
): Promise<RowPage<NotificationListRow>> {
  const place = readCursor(after, ORDER, scope);
  const isOpen = state && state === "open";
  const match = { kind, severity, site, account, computer, isOpen };
  const read = readWithin(scope, (tx) => listNotifications(tx, scope, match, place, limit + 1), signal);
  return pageOf(await read, limit, ORDER);
}

/** The same for deliveries. */
export async function pageDeliveries(
  scope: CompanyScope,
  { channel, state, reason }: Partial<DeliveriesQuery>,
  { after, limit, signal }: RowPageAsk,
): Promise<RowPage<DeliveryListRow>> {
  const place = readCursor(after, ORDER, scope);
  const match = { channel, state, reason };
  const read = readWithin(scope, (tx) => listDeliveries(tx, scope, match, place, limit + 1), signal);
  return pageOf(await read, limit, ORDER);
}
