import { can } from "@/lib/domain/permissions";
import { publicUrl } from "@/lib/public-url";
import { scopeOfCompany } from "@/lib/services/access/read-access";
import { readSites } from "@/lib/services/sites/read-sites";
import type { CompanyView } from "./guards";

/** What the first steps need: where to send, and whose key to send with. */
export interface FirstEventGuide {
  /** Epoch milliseconds. */
  readAt: number;
  /** The portal's public address; null while it isn't set. */
  serverUrl: string | null;
  companyRef: string;
  /** A usable key of the one company in view, for those who may see it; never its digits. */
  firstKey: { companyId: number; keyId: number; siteName: string } | null;
  /** Why there is none: not theirs to see, none in use, or several companies to choose from. */
  lack: "permission" | "key" | "company" | null;
  /** With several companies in view, those whose keys the user may see. */
  choices: { id: number; name: string }[];
}

export async function firstEventGuide(view: CompanyView): Promise<FirstEventGuide> {
  const guide = {
    readAt: Date.now(),
    serverUrl: publicUrl(),
    companyRef: view.companyRef,
    firstKey: null,
    choices: [],
  };
  const inView = view.company ? [view.company] : view.access.companies;
  const manageable = inView.filter(({ id }) => can(view.access.actor, "site:manage", { companyId: id }));
  const [company, ...others] = manageable;
  if (!company) return { ...guide, lack: "permission" };
  if (others.length > 0) {
    return { ...guide, lack: "company", choices: manageable.map(({ id, name }) => ({ id, name })) };
  }
  const firstKey = await findFirstKey(view, company.id);
  return { ...guide, firstKey, lack: firstKey ? null : "key" };
}

async function findFirstKey(view: CompanyView, companyId: number): Promise<FirstEventGuide["firstKey"]> {
  const scope = scopeOfCompany(view.access, companyId);
  const sites = scope ? await readSites({ scope }, view.timeZone) : [];
  for (const site of sites) {
    const key = site.keys.find(
      ({ state, scopes }) => (state === "active" || state === "ending") && scopes.includes("ingest"),
    );
    if (key) return { companyId, keyId: key.id, siteName: site.name };
  }
  return null;
}
