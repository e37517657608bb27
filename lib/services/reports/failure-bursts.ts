import type { Transaction } from "@/db/client";
import { findNamed } from "@/db/queries/events/match-names";
import { listCompanyNames } from "@/db/queries/reports/company-names";
import { findSuccesses, streamFailures, type FoundSuccess } from "@/db/queries/reports/failure-stream";
import { readWithin, type CompanyScope } from "@/db/scope";
import { formatEventReference } from "@/lib/domain/events/event-row";
import { kindFromCode } from "@/lib/domain/events/kinds";
import { BurstFinder, SUCCESS_WINDOW_MS, type Burst } from "@/lib/domain/failures/burst-finder";
import { joinAttacks, type JudgedBurst } from "@/lib/domain/failures/one-attack";
import type { FailureBurstRow, FailureBurstsQuery } from "@/lib/domain/reports/failure-bursts";
import { assertRowsFit } from "./report-bounds";
import { resolveReportMatch } from "./report-match";
import type { ReportService } from "../tables/register-report";

/**
 * Those that a success followed first, then newest first.
 *
 * Bursts are looked for among all failures of the range, then those are kept that the filters touch, and one attack is
 * told once.
 */
export const readFailureBursts = ((scope, ask) =>
  readWithin(
    scope,
    async (tx) => {
      const match = await resolveReportMatch(tx, scope, ask, []);
      const finder = new BurstFinder();
      for await (const failures of streamFailures(tx, { ...match, kinds: null })) {
        for (const failure of failures) finder.accept(failure);
      }
      const bursts = finder.finish();
      assertRowsFit(bursts.length);
      const successes = await findSuccesses(tx, match, bursts, SUCCESS_WINDOW_MS);
      const attacks = joinAttacks(
        bursts.map((burst, place) => ({ burst, success: successes[place] ?? null })),
      );
      const names = await readNames(tx, scope, attacks);
      const rows = attacks.map(({ burst, success }) => toRow(burst, success, names));
      return rows.toSorted((a, b) => Number(b.success !== null) - Number(a.success !== null));
    },
    ask.signal,
  )) satisfies ReportService<FailureBurstsQuery, FailureBurstRow>;

interface Names {
  companies: ReadonlyMap<number, string>;
  /** By company and id: two companies may have the same id for different accounts. */
  accounts: ReadonlyMap<string, string>;
  computers: ReadonlyMap<string, string>;
}

const keyOf = (companyId: number, id: number) => `${companyId} ${id}`;

async function readNames(
  tx: Transaction,
  scope: CompanyScope,
  attacks: readonly JudgedBurst<FoundSuccess>[],
): Promise<Names> {
  const found = attacks.flatMap(({ success }) => success ?? []);
  const accountIds = [
    ...attacks.flatMap(({ burst }) => burst.accountId ?? []),
    ...found.map(({ accountId }) => accountId),
  ];
  const named = async (table: "accounts" | "computers", ids: readonly number[]) => {
    const rows = await findNamed(tx, scope, table, [...new Set(ids)]);
    return new Map(rows.map(({ companyId, id, name }) => [keyOf(companyId, id), name]));
  };
  const [companies, accounts, computers] = await Promise.all([
    listCompanyNames(tx, scope),
    named("accounts", accountIds),
    named(
      "computers",
      found.map(({ computerId }) => computerId),
    ),
  ]);
  return { companies, accounts, computers };
}

function toRow(burst: Burst, success: FoundSuccess | null, names: Names): FailureBurstRow {
  const { kind, companyId, accountId, address, from, to, failures, lockouts } = burst;
  return {
    kind,
    companyId,
    companyName: names.companies.get(companyId) ?? "",
    accountId,
    userName: accountId === null ? null : (names.accounts.get(keyOf(companyId, accountId)) ?? ""),
    address,
    from,
    to,
    failures,
    lockouts,
    accounts: burst.accountIds.length,
    computers: burst.computerIds.length,
    addresses: burst.addresses.length,
    success: success && {
      at: success.at,
      kind: kindFromCode(success.kind),
      accountId: success.accountId,
      userName: names.accounts.get(keyOf(companyId, success.accountId)) ?? "",
      computerId: success.computerId,
      computerName: names.computers.get(keyOf(companyId, success.computerId)) ?? "",
      event: formatEventReference({ companyId, occurredAt: success.at, id: success.id }),
    },
  };
}
