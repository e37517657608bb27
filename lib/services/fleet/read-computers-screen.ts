import { listSiteNames, type SiteName } from "@/db/queries/companies/list-site-names";
import {
  countByHealth,
  countComputers,
  listAgentVersions,
  type HealthCounts,
} from "@/db/queries/fleet/list-computers";
import { readWithin, type CompanyScope } from "@/db/scope";
import { isOutdated } from "@/lib/domain/fleet/agent-version";
import type { ComputerRow } from "@/lib/domain/reports/computer-columns";
import type { ComputersQuery } from "@/lib/domain/reports/computers";
import type { ReportAsk } from "@/lib/domain/reports/report";
import { computerMatchOf, latestAgentVersion, pageComputers } from "../reports/computers";
import { orFirstPage, type RowPage } from "../reports/row-page";
import { readSubjectNames, type SubjectNames } from "../reports/screen-surroundings";

interface AgentVersion {
  /** Null for computers that never told one. */
  version: string | null;
  count: number;
  isOutdated: boolean;
}

/** A page of computers, and what stands around it: of every computer of the scope, whatever the filters. */
export interface ComputersScreen extends RowPage<ComputerRow>, SubjectNames {
  /** How many the filters leave. */
  found: number;
  healthCounts: HealthCounts;
  /** The most common first. */
  versions: AgentVersion[];
  /** The version on offer; null when the portal does not know it. */
  latestVersion: string | null;
  sites: SiteName[];
}

const PAGE_ROWS = 50;

/** What the Computers screen shows behind the cursor `after` (empty for the first page). */
export async function readComputersScreen(
  scope: CompanyScope,
  ask: ReportAsk<ComputersQuery>,
  after: string,
): Promise<ComputersScreen> {
  const [page, latestVersion] = await Promise.all([
    orFirstPage(after, (place) =>
      pageComputers(scope, ask, { after: place, limit: PAGE_ROWS, signal: ask.signal }),
    ),
    latestAgentVersion(),
  ]);
  return readWithin(
    scope,
    async (tx) => {
      const versions = await listAgentVersions(tx, scope);
      const [found, healthCounts, sites, names] = await Promise.all([
        countComputers(tx, scope, computerMatchOf(ask, versions, latestVersion)),
        countByHealth(tx, scope, ask.now),
        listSiteNames(tx, scope),
        readSubjectNames(tx, scope, ask.query),
      ]);
      return {
        ...page,
        found,
        healthCounts,
        versions: versions.map((one) => ({ ...one, isOutdated: isOutdated(one.version, latestVersion) })),
        latestVersion,
        sites,
        ...names,
      };
    },
    ask.signal,
  );
}
