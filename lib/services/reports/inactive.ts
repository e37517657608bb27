import { listInactive } from "@/db/queries/reports/inactive";
import { readWithin } from "@/db/scope";
import { cleanSearch } from "@/lib/domain/events/filters";
import { nameKey } from "@/lib/domain/events/wire";
import type { InactiveQuery, InactiveRow } from "@/lib/domain/reports/inactive";
import type { ReportService } from "./report-service";

const DAY_MS = 86_400_000;

/** Longest silent first, then by name. An account chosen finds no computer, and the other way round. */
export const readInactive = (async (scope, { query, now, signal }) => {
  const { type, days, account, computer, site } = query;
  const [wanted, other] = type === "account" ? [account, computer] : [computer, account];
  if (other !== undefined) return [];
  const filter = {
    type,
    before: now - days * DAY_MS,
    ids: wanted === undefined ? null : [wanted],
    siteId: site ?? null,
    nameContains: nameKey(cleanSearch(query.q ?? "")),
  };
  const rows = await readWithin(scope, (tx) => listInactive(tx, scope, filter), signal);
  return rows.map((row) => ({ ...row, days: Math.floor((now - row.lastSeenAt) / DAY_MS) }));
}) satisfies ReportService<InactiveQuery, InactiveRow>;
