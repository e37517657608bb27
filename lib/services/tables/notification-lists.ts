import {
  DELIVERY_FILTER_WORDS,
  deliveriesQuery,
  deliveryColumns,
  NOTIFICATION_FILTER_WORDS,
  notificationColumns,
  notificationsQuery,
  type DeliveriesQuery,
  type DeliveryListRow,
  type NotificationListRow,
  type NotificationsQuery,
} from "@/lib/domain/reports/notifications";
import { filterText } from "@/lib/domain/reports/filter-text";
import type { TextKey } from "@/lib/domain/text";
import { kindTitle } from "@/lib/domain/notifications/kinds";
import { pageDeliveries, pageNotifications } from "@/lib/services/notifications/list-notifications";
import { registerList } from "./register-list";

const FILTER_TEXT: Readonly<Record<string, TextKey>> = {
  kind: "reports.kind",
  severity: "reports.severity",
  state: "reportColumns.state",
  site: "reportColumns.site",
  account: "reportColumns.account",
  computer: "reportColumns.computer",
  channel: "reports.channel",
  reason: "reportColumns.reason",
};

const words = (query: Record<string, unknown>, names: typeof DELIVERY_FILTER_WORDS) => async () =>
  Object.entries(FILTER_TEXT).flatMap(([name, label]) => {
    if (query[name] === undefined) return [];
    const value = String(query[name]);
    const key = names[name]?.[value];
    return [filterText(label, name === "kind" ? kindTitle(value) : key ? { key } : value)];
  });

export const notificationsList = registerList<NotificationsQuery, NotificationListRow>({
  name: "notifications",
  title: "reports.notificationsTitle",
  apiSummary:
    "The company's notifications, newest first. For administrators of the company, and for API keys with the scope read.",
  action: "notifications:read",
  query: notificationsQuery,
  columns: notificationColumns,
  open: ({ scope, query }) => ({
    range: null,
    filterWords: words(query, NOTIFICATION_FILTER_WORDS),
    readPage: (ask) => pageNotifications(scope, query, ask),
  }),
});

export const deliveriesList = registerList<DeliveriesQuery, DeliveryListRow>({
  name: "deliveries",
  title: "reports.deliveriesTitle",
  apiSummary:
    "Messages sent to channels and their results, newest first. For administrators of the company, and for API keys with the scope read.",
  action: "notifications:read",
  query: deliveriesQuery,
  columns: deliveryColumns,
  open: ({ scope, query }) => ({
    range: null,
    filterWords: words(query, DELIVERY_FILTER_WORDS),
    readPage: (ask) => pageDeliveries(scope, query, ask),
  }),
});
