import { listStanding, STANDING_TYPES, type StandingType } from "@/db/queries/audit/standing-targets";
import { findUsers } from "@/db/queries/global/users";
import { narrowScopeTo, readWithin, type CompanyScope } from "@/db/scope";
import type { Actor } from "@/lib/domain/actor";
import { findRule } from "@/lib/domain/detections/rules";
import { FLEET_HREFS } from "@/lib/domain/fleet/fleet-hrefs";
import { can, type CompanyAction } from "@/lib/domain/permissions";
import { readRowId } from "@/lib/domain/row-id";
import type { AuditEntry } from "./read-audit";

export interface TrailReader {
  actor: Actor;
  /** The companies that the reader may see. */
  scope: CompanyScope;
  /** Whether the whole trail is read, which leads to the portal's page of a user. */
  isPortal: boolean;
}

type Target = Pick<AuditEntry, "seq" | "company" | "targetType" | "targetId">;

/** What a company's page of a thing that is still there needs, and where it is. */
const PLACES: Readonly<
  Record<StandingType, readonly [action: CompanyAction, hrefOf: (companyId: number, id: number) => string]>
> = {
  account: ["events:read", FLEET_HREFS.accounts],
  computer: ["events:read", FLEET_HREFS.computers],
  site: ["events:read", FLEET_HREFS.sites],
  "api-key": ["site:manage", (companyId, id) => `/${companyId}/sites#key-${id}`],
  alert: ["alerts:read", (companyId, id) => `/${companyId}/alerts/${id}`],
  channel: ["notifications:manage", (companyId) => `/${companyId}/notifications/channels`],
  // Who manages a company's sites manages each of its schedules.
  schedule: ["site:manage", (companyId, id) => `/${companyId}/schedules/${id}`],
};

/**
 * Where the targets of audit rows are shown, by the rows' sequence numbers. A target has no place that is gone, that
 * the reader may not open, or that no page shows, so a link never leads to a 404 or a refusal.
 */
export async function findTargetPlaces(
  reader: TrailReader,
  entries: readonly Target[],
): Promise<ReadonlyMap<number, string>> {
  const [standing, users] = await Promise.all([
    findStanding(reader.scope, entries),
    findUsers(idsOf(entries, "user")),
  ]);
  const placeOf = ({ company, targetType, targetId }: Target): string | null => {
    if (targetType !== "user")
      return company && companyPlace(reader, standing, company.id, targetType, targetId);
    const user = users.find(({ userId }) => String(userId) === targetId);
    return user ? userPlace(reader, user, company?.id ?? null) : null;
  };
  const places = entries.map((entry) => [entry.seq, placeOf(entry)] as const);
  return new Map(places.flatMap(([seq, href]) => (href === null ? [] : [[seq, href] as const])));
}

type User = Awaited<ReturnType<typeof findUsers>>[number];

/** The portal's page of a user, or the company's for its members. */
function userPlace({ actor, isPortal }: TrailReader, user: User, companyId: number | null): string | null {
  if (!can(actor, "user:list", user)) return null;
  if (isPortal) return `/admin/users/${user.userId}`;
  const isMember = user.memberships.some((one) => one.companyId === companyId);
  return isMember && companyId !== null && can(actor, "user:list", { companyId })
    ? `/${companyId}/members/${user.userId}`
    : null;
}

/** The page of something of a company. */
function companyPlace(
  { actor, scope }: TrailReader,
  standing: ReadonlySet<string>,
  companyId: number,
  type: string | null,
  id: string | null,
): string | null {
  if (!scope.companyIds.includes(companyId)) return null;
  if (type === "company") return id === String(companyId) ? `/${companyId}/dashboard` : null;
  if (type === "rule") return findRule(id ?? "") ? `/${companyId}/alerts/rules#${id}` : null;
  if (!isStandingType(type) || !standing.has(keyOf(type, companyId, id))) return null;
  const [action, hrefOf] = PLACES[type];
  return can(actor, action, { companyId }) ? hrefOf(companyId, Number(id)) : null;
}

async function findStanding(scope: CompanyScope, entries: readonly Target[]): Promise<Set<string>> {
  const named = new Set(entries.map(({ company }) => company?.id));
  const own = narrowScopeTo(
    scope,
    scope.companyIds.filter((id) => named.has(id)),
  );
  if (own.companyIds.length === 0) return new Set();
  return readWithin(own, async (tx) => {
    const found = new Set<string>();
    for (const type of STANDING_TYPES) {
      const rows = await listStanding(tx, own, type, idsOf(entries, type));
      for (const { companyId, id } of rows) found.add(keyOf(type, companyId, String(id)));
    }
    return found;
  });
}

function isStandingType(type: string | null): type is StandingType {
  return STANDING_TYPES.some((one) => one === type);
}

function idsOf(entries: readonly Target[], type: string): number[] {
  const own = entries
    .filter(({ targetType }) => targetType === type)
    .map(({ targetId }) => readRowId(targetId ?? ""))
    .filter((id) => id !== null);
  return [...new Set(own)];
}

function keyOf(type: StandingType, companyId: number, id: string | null): string {
  return `${type} ${companyId} ${id}`;
}
