import {
  listAgentVersions,
  listComputers,
  type ComputerMatch,
  type ListedComputer,
} from "@/db/queries/fleet/list-computers";
import type { CompanyScope } from "@/db/scope";
import { cleanSearch } from "@/lib/domain/events/filters";
import { nameKey } from "@/lib/domain/events/wire";
import { isOutdated } from "@/lib/domain/fleet/agent-version";
import { COMPUTER_SORTS, type ComputerRow } from "@/lib/domain/reports/computer-columns";
import type { ComputersQuery } from "@/lib/domain/reports/computers";
import { OUTDATED, UNKNOWN_VERSION } from "@/lib/domain/reports/computer-columns";
import type { ReportAsk } from "@/lib/domain/reports/report";
import { readAgentBinary } from "../agent-package/read-agent-binary";
import { presenceMoment } from "../fleet/presence-moment";
import { hasOwnRange } from "@/lib/domain/reports/report-query";
import { askedUse } from "@/lib/domain/reports/used-filter";
import { readPageWithin, type MovingPageAsk } from "./all-rows";
import type { RowPage } from "./row-page";
import { pageOf, readCursor, sortOf } from "./sort-cursor";

type Ask = ReportAsk<ComputersQuery>;

/**
 * A page of the scope's computers in the order asked for.
 *
 * @throws AppError `invalid` for a cursor of another list or order.
 */
export async function pageComputers(
  scope: CompanyScope,
  ask: Ask,
  asked: MovingPageAsk,
): Promise<RowPage<ComputerRow>> {
  const { after, limit } = asked;
  const [moment, latestVersion] = await Promise.all([presenceMoment(ask.now), latestAgentVersion()]);
  const order = {
    ...sortOf(ask.query.sort, COMPUTER_SORTS),
    after: readCursor(after, ask.query.sort, scope),
  };
  const found = await readPageWithin(
    scope,
    async (tx) => {
      const versions = ask.query.version === OUTDATED ? await listAgentVersions(tx, scope) : [];
      const match = computerMatchOf(ask, versions, latestVersion);
      return listComputers(tx, scope, match, order, { limit: limit + 1, moment });
    },
    asked,
  );
  const page = pageOf(found, limit, ask.query.sort);
  return { ...page, rows: page.rows.map((row) => toRow(row, latestVersion)) };
}

/** The version of the agent on offer; null when there is none or its version is not known. */
export async function latestAgentVersion(): Promise<string | null> {
  return (await readAgentBinary())?.version ?? null;
}

function toRow(row: ListedComputer, latestVersion: string | null): ComputerRow {
  return { ...row, isAgentOutdated: isOutdated(row.agentVersion, latestVersion) };
}

/** `versions` are those there are; only needed when out-of-date ones are asked for. */
export function computerMatchOf(
  { query, range, now }: Ask,
  versions: readonly { version: string | null }[],
  latestVersion: string | null,
): ComputerMatch {
  const within = hasOwnRange(query) ? range : undefined;
  return {
    now,
    foldedText: nameKey(cleanSearch(query.q ?? "")),
    siteId: query.site,
    computerId: query.computer,
    accountId: query.account,
    health: query.health,
    versions: versionsOf(query.version, versions, latestVersion),
    used: askedUse(query.used, within),
    // What was used then was seen, though the row may not say so yet.
    seen: query.used === "yes" ? undefined : within,
  };
}

function versionsOf(
  asked: string | undefined,
  versions: readonly { version: string | null }[],
  latestVersion: string | null,
): readonly (string | null)[] | undefined {
  if (asked === undefined) return undefined;
  if (asked === UNKNOWN_VERSION) return [null];
  if (asked !== OUTDATED) return [asked];
  return versions.map(({ version }) => version).filter((version) => isOutdated(version, latestVersion));
}
