import { headers } from "next/headers";
import { can } from "@/lib/domain/permissions";
import { scopeOfCompany } from "@/lib/services/access/read-access";
import { readSites } from "@/lib/services/sites/read-sites";
import type { CompanyView } from "./guards";

/** What the first steps need: where to send, and the key of the first site for whoever may see it. */
export async function firstEventGuide(view: CompanyView) {
  const given = await headers();
  const host = given.get("x-forwarded-host") ?? given.get("host") ?? "localhost";
  const serverUrl = `${given.get("x-forwarded-proto")?.split(",")[0] ?? "http"}://${host}`;
  const company = view.company ?? (view.access.companies.length === 1 ? view.access.companies[0]! : null);
  const mayManage = company !== null && can(view.access.actor, "site:manage", { companyId: company.id });
  if (!company || !mayManage) return { serverUrl, firstKey: null };
  const scope = scopeOfCompany(view.access, company.id);
  const sites = scope ? await readSites({ scope }, view.timeZone) : [];
  const site = sites.find((candidate) => candidate.keys.some((key) => key.state === "active"));
  const key = site?.keys.find((candidate) => candidate.state === "active");
  return {
    serverUrl,
    firstKey: site && key ? { companyId: company.id, keyId: key.id, siteName: site.name } : null,
  };
}
