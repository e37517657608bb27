import { findNamed } from "@/db/queries/events/match-names";
import type { Transaction } from "@/db/client";
import { narrowScope, readWithin, type CompanyScope, type CompanyWriteScope } from "@/db/scope";
import { cleanSearch } from "@/lib/domain/events/filters";
import { nameKey } from "@/lib/domain/events/wire";
import { momentAsked, type WhoWasOnQuery, type WhoWasOnRow } from "@/lib/domain/reports/who-was-on";
import { AppError } from "@/lib/errors";
import { AccessDenied } from "../access/denied";
import { readSettings } from "../settings/read-settings";
import { presenceAt } from "./presence-at";
import type { ReportService } from "../tables/register-report";

/** The account or the computer asked about, or both; the report needs one of them. */
interface Asked {
  accountId: number | null;
  computerId: number | null;
}

/**
 * Who was on the computer, or where the account was, by name of account and then computer.
 *
 * @throws AppError `invalid` for a moment still to come; AccessDenied
 * `not_found` for one that the scope does not hold.
 */
export const readWhoWasOn = (async (scope, { query, zone, now, signal }) => {
  const at = momentAsked(query, now, zone);
  if (at > now) throw invalid("at", "must not be in the future");
  const asked = { accountId: query.account ?? null, computerId: query.computer ?? null };
  const { longestSessionHours } = await readSettings();
  const ask = { at, now, maxSessionHours: longestSessionHours };
  return readWithin(
    scope,
    async (tx) => {
      const own = await companyOfAsked(tx, scope, asked);
      const rows = own ? await presenceAt(tx, own, asked, ask) : [];
      return rows.filter((row) => isWanted(row, query)).toSorted(byName);
    },
    signal,
  );
}) satisfies ReportService<WhoWasOnQuery, WhoWasOnRow>;

function invalid(field: string, message: string): AppError {
  return new AppError("invalid", `${field}: ${message}`, [{ field, message }]);
}

/** The company that both are of; null when they are of two companies, so that one was never on the other. */
async function companyOfAsked(
  tx: Transaction,
  scope: CompanyScope,
  { accountId, computerId }: Asked,
): Promise<CompanyWriteScope | null> {
  const find = async (table: "accounts" | "computers", id: number | null) => {
    if (id === null) return null;
    const [found] = await findNamed(tx, scope, table, [id]);
    if (found) return found.companyId;
    const targetType = table === "accounts" ? "account" : "computer";
    throw new AccessDenied("not_found", { action: "events:read", companyId: null, targetType, targetId: id });
  };
  const account = await find("accounts", accountId);
  const computer = await find("computers", computerId);
  if (account !== null && computer !== null && account !== computer) return null;
  return narrowScope(scope, (account ?? computer)!);
}

function isWanted(row: WhoWasOnRow, { site, q }: WhoWasOnQuery): boolean {
  if (site !== undefined && row.opened.siteId !== site) return false;
  const search = nameKey(cleanSearch(q ?? ""));
  return nameKey(row.userName).includes(search) || nameKey(row.computerName).includes(search);
}

function byName(a: WhoWasOnRow, b: WhoWasOnRow): number {
  const key = (row: WhoWasOnRow) => `${nameKey(row.userName)}\n${nameKey(row.computerName)}`;
  return key(a) < key(b) ? -1 : Number(key(a) > key(b));
}
