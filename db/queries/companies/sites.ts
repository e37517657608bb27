import { and, eq, isNull, sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import { apiKeys, companies, sites } from "../../schema/companies";
import type { CompanyWriteScope } from "../../scope";

export type SiteRow = typeof sites.$inferSelect;

const ofSite = (scope: CompanyWriteScope, siteId: number) =>
  and(eq(sites.companyId, scope.companyId), eq(sites.id, siteId), isNull(sites.deletedAt));

/**
 * A site that is not deleted, locked until the transaction ends; null for every other id.
 *
 * Its company is held first: Citus locks both tables for a site, in the wrong order for those who make companies meanwhile,
 * and one of the two would end as a deadlock. Events are stored all the same.
 */
export async function lockSite(
  tx: Transaction,
  scope: CompanyWriteScope,
  siteId: number,
): Promise<SiteRow | null> {
  await tx
    .select({ id: companies.id })
    .from(companies)
    .where(eq(companies.id, scope.companyId))
    .for("no key update");
  const [row] = await tx.select().from(sites).where(ofSite(scope, siteId)).for("update");
  return row ?? null;
}

/** Those that are not deleted. */
export function countSites(tx: Transaction, { companyId }: CompanyWriteScope): Promise<number> {
  return tx.$count(sites, and(eq(sites.companyId, companyId), isNull(sites.deletedAt)));
}

/** By name in any case. */
export async function findSiteByName(
  tx: Transaction,
  scope: CompanyWriteScope,
  name: string,
): Promise<SiteRow | null> {
  const [row] = await tx
    .select()
    .from(sites)
    .where(
      and(
        eq(sites.companyId, scope.companyId),
        isNull(sites.deletedAt),
        sql`lower(${sites.name}) = lower(${name})`,
      ),
    );
  return row ?? null;
}

/** @throws a unique violation when another site has the name in any case. */
export async function renameSiteRow(tx: Transaction, scope: CompanyWriteScope, siteId: number, name: string) {
  await tx.update(sites).set({ name }).where(ofSite(scope, siteId));
}

/** Marks a site and its keys as deleted: the keys are unknown from now on, the events keep their site. */
export async function markSiteDeleted(
  tx: Transaction,
  scope: CompanyWriteScope,
  siteId: number,
): Promise<void> {
  const deletedAt = new Date();
  await tx.update(sites).set({ deletedAt }).where(ofSite(scope, siteId));
  await tx
    .update(apiKeys)
    .set({ deletedAt, isActive: false })
    .where(
      and(eq(apiKeys.companyId, scope.companyId), eq(apiKeys.siteId, siteId), isNull(apiKeys.deletedAt)),
    );
}

export interface SiteListRow extends Record<string, unknown> {
  id: number;
  name: string;
  created_ms: number;
  /** Events whose time lies between `since` and now. */
  recent_events: number;
  total_events: number;
  computer_count: number;
  last_event_ms: number | null;
}

/** The company's sites by name, with events since the instant (a quarter of an hour's beginning) and in all. */
export function listSites(tx: Transaction, scope: CompanyWriteScope, since: Date) {
  return tx.execute<SiteListRow>(sql`
    select s.id, s.name, extract(epoch from s.created_at) * 1000 as created_ms,
      coalesce(n.recent, 0)::float8 as recent_events, coalesce(n.total, 0)::float8 as total_events,
      (select count(*)::int from computers c where c.company_id = ${scope.companyId} and c.site_id = s.id) as computer_count,
      (select extract(epoch from e.occurred_at) * 1000 from events e
        where e.company_id = ${scope.companyId} and e.site_id = s.id order by e.occurred_at desc limit 1) as last_event_ms
    from sites s
    left join (
      select site_id, sum(count) as total, sum(count) filter (where bucket_at >= ${since.toISOString()}) as recent
      from event_counts where company_id = ${scope.companyId} group by site_id
    ) n on n.site_id = s.id
    where s.company_id = ${scope.companyId} and s.deleted_at is null
    order by lower(s.name), s.id`);
}

/** The company's sites by name, to choose from. */
export async function listLiveSites(
  tx: Transaction,
  scope: CompanyWriteScope,
): Promise<{ id: number; name: string }[]> {
  return tx
    .select({ id: sites.id, name: sites.name })
    .from(sites)
    .where(and(eq(sites.companyId, scope.companyId), isNull(sites.deletedAt)))
    .orderBy(sql`lower(${sites.name})`);
}
