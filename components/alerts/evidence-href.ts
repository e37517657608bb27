import { eventsHref } from "@/components/events/events-href";
import type { EventFilters } from "@/lib/domain/events/filters";
import type { Rule } from "@/lib/domain/detections/rule";

/** Whom alerts are about, and when their events happened, in epoch milliseconds. */
export interface AlertedSubject {
  accountId: number | null;
  address: string | null;
  computerId: number | null;
  siteId: number | null;
  firstAt: number;
  lastAt: number;
}

/** The subject's events of the kinds that the rule's alerts are made of, from the first to the last of its alerts. */
export function evidenceHref(
  { needs, kinds, subject }: Pick<Rule, "needs" | "kinds" | "subject">,
  companyId: number,
  { accountId, address, computerId, siteId, firstAt, lastAt }: AlertedSubject,
): string {
  const about: Record<Rule["subject"], Partial<EventFilters>> = {
    account: { accountId },
    address: { address: address ?? "" },
    computer: { computerId },
    site: { siteIds: siteId === null ? [] : [siteId] },
  };
  const filters = { kinds: [...(kinds ?? needs)], ...about[subject] };
  return eventsHref(companyId, { from: firstAt, to: lastAt + 1 }, filters);
}
