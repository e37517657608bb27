import type { CompanyScope } from "@/db/scope";
import {
  DELIVERY_FILTER_WORDS,
  deliveriesQuery,
  deliveryColumns,
  NOTIFICATION_FILTER_WORDS,
  notificationColumns,
  notificationsQuery,
  type DeliveriesQuery,
  type FileDelivery,
  type FilterWords,
  type NotificationListRow,
  type NotificationsQuery,
} from "@/lib/domain/reports/notifications";
import { filterText } from "@/lib/domain/reports/filter-text";
import type { TextKey } from "@/lib/domain/text";
import { kindTitle } from "@/lib/domain/notifications/kinds";
import { pageDeliveries, pageNotifications } from "@/lib/services/notifications/list-notifications";
import { nameQueryFilters } from "@/lib/services/reports/name-filters";
import { storedText } from "@/lib/stored-text";
import { registerList } from "./register-list";

const FILTER_TEXT: Readonly<Record<string, TextKey>> = {
  kind: "reports.kind",
  severity: "reports.severity",
  state: "reportColumns.state",
  reason: "reportColumns.reason",
};

type Filters = NotificationsQuery | DeliveriesQuery;

const filterWords = (scope: CompanyScope, query: Filters, names: FilterWords) => async () => [
  ...Object.entries(FILTER_TEXT).flatMap(([name, label]) => {
    const value = (query as Record<string, string | undefined>)[name];
    if (value === undefined) return [];
    const key = names[name]?.[value];
    return [filterText(label, name === "kind" ? kindTitle(value) : key ? { key } : value)];
  }),
  // Their reasons have words of their own.
  ...(await nameQueryFilters(scope, { ...query, reason: undefined })),
];

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
    filterWords: filterWords(scope, query, NOTIFICATION_FILTER_WORDS),
    readPage: (ask) => pageNotifications(scope, query, ask),
  }),
});

export const deliveriesList = registerList<DeliveriesQuery, FileDelivery>({
  name: "deliveries",
  title: "reports.deliveriesTitle",
  apiSummary:
    "Messages sent to channels and their results, newest first. For administrators of the company, and for API keys with the scope read.",
  action: "notifications:read",
  query: deliveriesQuery,
  columns: deliveryColumns,
  open: ({ scope, query }) => ({
    range: null,
    filterWords: filterWords(scope, query, DELIVERY_FILTER_WORDS),
    readPage: async (ask) => {
      const { rows, ...page } = await pageDeliveries(scope, query, ask);
      return {
        ...page,
        rows: rows.map((row) => ({ ...row, lastNote: row.lastNote && storedText(row.lastNote) })),
      };
    },
  }),
});
