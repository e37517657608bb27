import { findNamed } from "@/db/queries/events/match-names";
import { readWithin, type CompanyScope } from "@/db/scope";
import { reasonText } from "@/lib/domain/failure-reasons";
import { filterText } from "@/lib/domain/reports/filter-text";
import type { Text } from "@/lib/domain/text";

interface NamedFilters {
  siteIds: readonly number[];
  accountId: number | null;
  computerId: number | null;
  channelId?: number | null;
  search: string;
  address?: string | undefined;
  reason?: string | undefined;
}

/** Filters for a file's heading: "Site: London and Paris". Ids that are of nothing in the scope are shown as such. */
export async function nameFilters(scope: CompanyScope, filters: NamedFilters): Promise<Text[]> {
  const { siteIds, accountId, computerId, channelId = null, search } = filters;
  const parts = [
    ["reportColumns.site", "sites", siteIds],
    ["reportColumns.account", "accounts", accountId === null ? [] : [accountId]],
    ["reportColumns.computer", "computers", computerId === null ? [] : [computerId]],
    ["reports.channel", "notification_channels", channelId === null ? [] : [channelId]],
  ] as const;
  const words = await readWithin(scope, (tx) =>
    Promise.all(
      parts.map(async ([label, table, ids]) => {
        if (ids.length === 0) return [];
        const found = await findNamed(tx, scope, table, ids);
        const names = ids.map((id) => found.find((row) => row.id === id)?.name ?? unknown(id));
        return [filterText(label, { all: names })];
      }),
    ),
  );
  const texts = [
    ["lists.search", search],
    ["reportColumns.address", filters.address === "-" ? NO_ADDRESS : filters.address],
    ["reportColumns.reason", filters.reason && reasonText(filters.reason)],
  ] as const;
  return [...words.flat(), ...texts.flatMap(([label, text]) => (text ? [filterText(label, text)] : []))];
}

/** By the names that reports and lists give their filters. */
export interface QueryFilters {
  site?: number | undefined;
  account?: number | undefined;
  computer?: number | undefined;
  channel?: number | undefined;
  q?: string | undefined;
  address?: string | undefined;
  reason?: string | undefined;
}

/** The same of the filters of a query. */
export function nameQueryFilters(scope: CompanyScope, filters: QueryFilters): Promise<Text[]> {
  const { site, account = null, computer = null, channel, q = "", address, reason } = filters;
  const siteIds = site === undefined ? [] : [site];
  const ids = { siteIds, accountId: account, computerId: computer, channelId: channel };
  return nameFilters(scope, { ...ids, search: q, address, reason });
}

const NO_ADDRESS: Text = { key: "reports.noAddress" };

function unknown(id: number): Text {
  return { key: "reports.withId", values: { id: String(id) } };
}
