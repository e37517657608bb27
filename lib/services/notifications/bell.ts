import { z } from "zod";
import { countUnread, listUnread, markRead, type UnreadGroup } from "@/db/queries/notifications/unread";
import {
  operatorReadScope,
  operatorScope,
  portalScope,
  PORTAL_ID,
  readWithin,
  writeWithinAll,
} from "@/db/scope";
import type { Actor } from "@/lib/domain/actor";
import { rowId } from "@/lib/domain/form-input";
import type { Severity } from "@/lib/domain/notifications/severity";
import { placeOf } from "@/lib/domain/notifications/place-of";
import { lineOf } from "@/lib/domain/notifications/message";
import { can } from "@/lib/domain/permissions";
import type { Text } from "@/lib/domain/text";
import { listCompanyIds } from "@/db/queries/global/companies";
import type { ServiceContext } from "../context";
import { announceRead } from "./live-news";

/** More are "99+". */
const MOST = 100;
const GROUPS = 20;

/** Whose notifications the bell of a person rings for: companies they administer, and for a GlobalAdmin the portal. */
export async function bellCompanyIds(actor: Actor): Promise<number[]> {
  const own =
    actor.globalRole === "GlobalAdmin"
      ? await listCompanyIds()
      : actor.memberships.map((one) => one.companyId);
  const companies = own.filter((companyId) => can(actor, "notifications:read", { companyId }));
  return can(actor, "portal-notifications:manage") ? [...companies, PORTAL_ID] : companies;
}

/** Whose news may change what the bell counts: null for every company's, also of those that are added later. */
export async function heardCompanyIds(actor: Actor): Promise<number[] | null> {
  return actor.globalRole === "GlobalAdmin" ? null : bellCompanyIds(actor);
}

/** How many notifications the person has not read; 100 stands for more. */
export async function countUnreadOf(actor: Actor): Promise<number> {
  const companyIds = await bellCompanyIds(actor);
  if (companyIds.length === 0) return 0;
  const scope = operatorReadScope(companyIds);
  return readWithin(scope, (tx) => countUnread(tx, scope, actor.userId, MOST));
}

export interface BellLine<Words = string | Text> {
  /** Of this line among the bell's. */
  id: string;
  /** The page of what a single one tells of; otherwise where all of them stand. */
  href: string;
  line: Words;
  /** The company's name where the bell rings for several; null otherwise, and for the portal's own. */
  company: string | null;
  severity: string;
  /** Epoch milliseconds. */
  at: number;
}

export interface Bell<Words = string | Text> {
  count: number;
  lines: BellLine<Words>[];
  /** There is more than the lines say. */
  isCut: boolean;
  /** Everything up to it is marked read, also what no line says. */
  throughId: number;
}

/** What the person has not read, alike ones in one line, the newest first. */
export async function readBell(actor: Actor): Promise<Bell> {
  const companyIds = await bellCompanyIds(actor);
  if (companyIds.length === 0) return { count: 0, lines: [], isCut: false, throughId: 0 };
  const scope = operatorReadScope(companyIds);
  const isManyCompanies = companyIds.filter((id) => id !== PORTAL_ID).length > 1;
  return readWithin(scope, async (tx) => {
    const found = await listUnread(tx, scope, actor.userId, GROUPS + 1);
    const groups = found.slice(0, GROUPS);
    const count = await countUnread(tx, scope, actor.userId, MOST);
    return {
      count,
      lines: groups.map((group) => bellLineOf(group, isManyCompanies)),
      isCut: found.length > GROUPS,
      throughId: Math.max(0, ...groups.map(({ lastId }) => lastId)),
    };
  });
}

function bellLineOf(group: UnreadGroup, isManyCompanies: boolean): BellLine {
  const { companyId, companyName, kind, severity, count, at, params } = group;
  const first = params.map((one, id) => ({ id, kind, severity: severity as Severity, at, params: one }));
  const line = lineOf({ kind, severity: severity as Severity, count, first });
  const base = companyId === PORTAL_ID ? "/admin" : `/${companyId}`;
  const list = `${base}/notifications?kind=${encodeURIComponent(kind)}`;
  const href = (count === 1 && placeOf(companyId, kind, params[0])) || list;
  return {
    id: `${companyId} ${kind}`,
    href,
    line,
    company: isManyCompanies ? companyName : null,
    severity,
    at,
  };
}

export const markReadInput = z.object({ throughId: rowId });

export interface MarkedRead {
  /** How many the person has not read by then: some may have come since. 100 stands for more. */
  unread: number;
}

/**
 * Marks everything up to the newest that was shown as read, for this person alone. The person's other windows hear of
 * it.
 */
export async function markNotificationsRead(
  { actor }: ServiceContext,
  { throughId }: z.output<typeof markReadInput>,
): Promise<MarkedRead> {
  const companyIds = await bellCompanyIds(actor);
  if (companyIds.length === 0) return { unread: 0 };
  const scopes = companyIds.map((id) => (id === PORTAL_ID ? portalScope() : operatorScope(id)));
  const scope = operatorReadScope(companyIds);
  await writeWithinAll(scopes, async (tx) => {
    await markRead(tx, scope, actor.userId, throughId);
    await announceRead(tx, actor.userId);
  });
  return { unread: await countUnreadOf(actor) };
}
