import { listEndedSilences, listFallenSilent, listToldSites } from "@/db/queries/global/watch-fleet";
import { listSiteActivity, type SiteRow } from "@/db/queries/dashboard/today";
import { listCompanyIds } from "@/db/queries/global/companies";
import { operatorReadScope, readWithin } from "@/db/scope";
import { isSilent } from "../dashboard/read-dashboard";
import { endState, notifyAll } from "../notifications/notify";
import { siteOf, writeByCompany } from "./by-company";

const iso = (at: number) => new Date(at).toISOString();

/** Tells of computers that fell silent after `fellAfter` (epoch milliseconds); gives how many. */
export async function tellSilentComputers(now: number, fellAfter: number): Promise<number> {
  const fallen = await listFallenSilent(new Date(now), new Date(fellAfter));
  await writeByCompany(fallen, async (tx, scope, rows) => {
    const told = rows.map(({ id, name, lastSeenAt, ...row }) => ({
      params: { computer: { id, name }, ...siteOf(row), lastSeenAt: iso(lastSeenAt) },
    }));
    await notifyAll(tx, scope, "computer.silent", told);
  });
  return fallen.length;
}

/** Tells of computers that report again; a silence that ended otherwise ends without a word. */
export async function tellComputersBack(now: number): Promise<number> {
  const ended = await listEndedSilences(new Date(now));
  await writeByCompany(ended, async (tx, scope, rows) => {
    const back = rows.filter(({ hasReported }) => hasReported);
    const told = back.map(({ id, name, ...row }) => ({
      params: { computer: { id, name }, ...siteOf(row) },
    }));
    await notifyAll(tx, scope, "computer.back", told);
    const others = rows.filter(({ hasReported }) => !hasReported).map(({ subject }) => subject);
    await endState(tx, scope, "computer.silent", others);
  });
  return ended.length;
}

/** The same for sites, which are silent when none of their agents reports. One that never reported is not told. */
export async function tellSites(now: number, fellAfter: number): Promise<number> {
  const scope = operatorReadScope(await listCompanyIds());
  const sites = await readWithin(scope, (tx) => listSiteActivity(tx, scope));
  const told = await listToldSites();
  const toldKeys = new Set(told.map(({ companyId, siteId }) => `${companyId} ${siteId}`));
  const isTold = (site: SiteRow) => toldKeys.has(`${site.company_id} ${site.site_id}`);
  const silentAt = (site: SiteRow) => Number(site.last_ms) + site.silent_after_minutes * 60_000;
  const changed = [...sites]
    .filter((site) => site.last_ms !== null)
    .map((site) => ({ site, companyId: site.company_id, isSilent: isSilent(site, now) }))
    .filter(({ site, isSilent: isNow }) =>
      isNow ? !isTold(site) && silentAt(site) > fellAfter : isTold(site),
    );
  await writeByCompany(changed, async (tx, own, rows) => {
    const named = ({ site }: (typeof rows)[number]) => ({ id: site.site_id, name: site.site_name });
    const fallen = rows.filter((row) => row.isSilent);
    const silent = fallen.map((row) => ({
      params: { site: named(row), lastSeenAt: iso(Number(row.site.last_ms)) },
    }));
    await notifyAll(tx, own, "site.silent", silent);
    const back = rows.filter((row) => !row.isSilent).map((row) => ({ params: { site: named(row) } }));
    await notifyAll(tx, own, "site.back", back);
  });
  return changed.length;
}
