import {
  listAgentVersions,
  listComputers,
  type ComputerMatch,
  type ListedComputer,
} from "@/db/queries/fleet/list-computers";
import { readWithin, type CompanyScope } from "@/db/scope";
import { cleanSearch } from "@/lib/domain/events/filters";
import { nameKey } from "@/lib/domain/events/wire";
import { isOutdated } from "@/lib/domain/fleet/agent-version";
import { decodeSortCursor, encodeSortCursor, type SortCursor } from "@/lib/domain/list-page";
import {
  COMPUTER_SORTS,
  OUTDATED,
  UNKNOWN_VERSION,
  type ComputerRow,
  type ComputersQuery,
} from "@/lib/domain/reports/computers";
import type { ReportAsk } from "@/lib/domain/reports/report";
import { readAgentBinary } from "../agent-package/read-agent-binary";
import { presentSince } from "../fleet/present-since";
import { inBatches } from "./in-batches";
import { hasOwnRange } from "./own-range";

type Ask = ReportAsk<ComputersQuery>;

export interface ComputersPage {
  rows: ComputerRow[];
  /** An opaque cursor; null behind the last row. */
  next: string | null;
}

/** Every computer asked for, in the order asked for. */
export async function* readComputers(scope: CompanyScope, ask: Ask): AsyncGenerator<readonly ComputerRow[]> {
  yield* inBatches((after, limit) => readPage(scope, ask, after, limit), ask.signal);
}

/** A page of them behind the cursor `after`; a cursor that is not of this list and order begins anew. */
export async function readComputersPage(
  scope: CompanyScope,
  ask: Ask,
  after: string,
  limit: number,
): Promise<ComputersPage> {
  const { rows, next } = await readPage(scope, ask, decodeSortCursor(after, ask.query.sort), limit);
  return { rows, next: next && encodeSortCursor(ask.query.sort, next) };
}

/** The version of the agent on offer; null when there is none or its version is not known. */
export async function latestAgentVersion(): Promise<string | null> {
  return (await readAgentBinary())?.version ?? null;
}

async function readPage(scope: CompanyScope, ask: Ask, after: SortCursor | null, limit: number) {
  const [since, latestVersion] = await Promise.all([presentSince(ask.now), latestAgentVersion()]);
  const found = await readWithin(scope, async (tx) => {
    const isVersionAsked = ask.query.version === OUTDATED;
    const versions = isVersionAsked ? await listAgentVersions(tx, scope) : [];
    const order = { ...orderOf(ask.query.sort), after };
    const match = computerMatchOf(ask, versions, latestVersion);
    return listComputers(tx, scope, match, order, { limit: limit + 1, presentSince: since });
  });
  const rows = found.slice(0, limit);
  const last = found.length > limit ? rows.at(-1) : undefined;
  return {
    rows: rows.map((row) => toRow(row, latestVersion)),
    next: last ? { key: last.sortKey, companyId: last.companyId, id: last.id } : null,
  };
}

function toRow({ sortKey: _, ...row }: ListedComputer, latestVersion: string | null): ComputerRow {
  return { ...row, isAgentOutdated: isOutdated(row.agentVersion, latestVersion) };
}

function orderOf(word: ComputersQuery["sort"]) {
  const isDescending = word.startsWith("-");
  const by = COMPUTER_SORTS.find((sort) => sort === word.slice(isDescending ? 1 : 0))!;
  return { by, isDescending };
}

/** `versions` are those there are; only needed when out-of-date ones are asked for. */
export function computerMatchOf(
  { query, range, now }: Ask,
  versions: readonly { version: string | null }[],
  latestVersion: string | null,
): ComputerMatch {
  return {
    now,
    foldedText: nameKey(cleanSearch(query.q ?? "")),
    siteId: query.site,
    computerId: query.computer,
    accountId: query.account,
    health: query.health,
    versions: versionsOf(query.version, versions, latestVersion),
    seen: hasOwnRange(query) ? range : undefined,
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
