import type { Transaction } from "@/db/client";
import { listSiteNames } from "@/db/queries/companies/list-site-names";
import type { EventMatch, Reference } from "@/db/queries/events/event-match";
import type { EventReader } from "@/db/queries/events/event-rows";
import { listByGroup, type GroupColumn } from "@/db/queries/events/list-by-group";
import { listByTime } from "@/db/queries/events/list-by-time";
import type { CompanyScope } from "@/db/scope";
import type { EventPosition } from "@/lib/domain/events/event-cursor";
import type { EventOrder, EventSort } from "@/lib/domain/events/filters";
import { inEnglish } from "@/lib/english";
import { EVENT_KINDS, KIND_CODE, KIND_TEXT } from "@/lib/domain/events/kinds";

export const GROUP_COLUMN: Readonly<Record<Exclude<EventSort, "time">, GroupColumn>> = {
  account: "account_id",
  computer: "computer_id",
  site: "site_id",
  kind: "kind",
};

export interface EventWalk {
  order: EventOrder;
  isBackward: boolean;
  /** Where to go on, not included; null from the beginning. */
  from: Pick<EventPosition, "companyId" | "groupId" | "occurredAt" | "id"> | null;
  limit: number;
}

/** The first `limit` matching events of the walk, as the reader gives them; null when `from` is of a group that is gone. */
export async function walkEvents<Page extends { length: number }>(
  tx: Transaction,
  scope: CompanyScope,
  match: EventMatch,
  { order, isBackward, from: position, limit }: EventWalk,
  read: EventReader<Page>,
): Promise<Page | null> {
  const from = position && { ...position, at: position.occurredAt };
  if (order.by === "time") {
    return listByTime(tx, match, { isDescending: order.isDescending !== isBackward, from }, limit, read);
  }
  const ranked = await rankedGroups(tx, scope, match, order.by);
  const column = GROUP_COLUMN[order.by];
  const walk = { column, ranked, isDescending: order.isDescending, isBackward, from };
  return listByGroup(tx, match, walk, limit, read);
}

/** In English for every reader: a page of events goes on where the one before it ended, in any language. */
const KINDS_BY_WORD = EVENT_KINDS.map((kind) => ({ kind, word: inEnglish({ key: KIND_TEXT[kind] }) }))
  .toSorted((a, b) => a.word.localeCompare(b.word, "en"))
  .map(({ kind }) => kind);

/** Sites by name and kinds by their word, company by company; undefined for what the database orders itself. */
async function rankedGroups(
  tx: Transaction,
  scope: CompanyScope,
  match: EventMatch,
  by: EventSort,
): Promise<Reference[] | undefined> {
  if (by === "site") {
    const sites = await listSiteNames(tx, scope);
    const isChosen = ({ companyId, id }: Reference) =>
      match.sites === null || match.sites.some((site) => site.companyId === companyId && site.id === id);
    return sites.filter(isChosen);
  }
  if (by !== "kind") return undefined;
  const codes = KINDS_BY_WORD.map((kind) => KIND_CODE[kind]).filter(
    (code) => match.kinds === null || match.kinds.includes(code),
  );
  const companyIds = scope.companyIds.toSorted((a, b) => a - b);
  return codes.flatMap((id) => companyIds.map((companyId) => ({ companyId, id })));
}
