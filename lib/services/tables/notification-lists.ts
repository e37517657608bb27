import {
  deliveriesQuery,
  deliveryColumns,
  notificationColumns,
  notificationsQuery,
  type DeliveriesQuery,
  type DeliveryListRow,
  type NotificationListRow,
  type NotificationsQuery,
} from "@/lib/domain/reports/notifications";
import { pageDeliveries, pageNotifications } from "@/lib/services/notifications/list-notifications";
import { registerList } from "./register-list";

const words = (query: Record<string, unknown>) => async () =>
  Object.entries(query)
    .filter(([name, value]) => name !== "tz" && value !== undefined)
    .map(([name, value]) => `${name[0]!.toUpperCase()}${name.slice(1)}: ${String(value)}`);

export const notificationsList = registerList<NotificationsQuery, NotificationListRow>({
  name: "notifications",
  title: "Notifications",
  summary:
    "What the portal told of, newest first: for administrators of the company, and keys with scope read.",
  action: "notifications:read",
  query: notificationsQuery,
  columns: notificationColumns,
  open: ({ scope, query }) => ({
    range: null,
    filterWords: words(query),
    readPage: (ask) => pageNotifications(scope, query, ask),
  }),
});

export const deliveriesList = registerList<DeliveriesQuery, DeliveryListRow>({
  name: "deliveries",
  title: "Deliveries",
  summary: "What became of the messages to channels, newest first: for the same readers.",
  action: "notifications:read",
  query: deliveriesQuery,
  columns: deliveryColumns,
  open: ({ scope, query }) => ({
    range: null,
    filterWords: words(query),
    readPage: (ask) => pageDeliveries(scope, query, ask),
  }),
});
