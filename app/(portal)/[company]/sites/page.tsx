import type { Metadata } from "next";
import { CompanyChoice } from "@/components/lists/company-choice";
import { SitesView } from "@/components/sites/sites-view";
import { requireCompanyPermission } from "@/lib/server/guards";
import { readSites } from "@/lib/services/sites/read-sites";
import * as actions from "./actions";

type Props = PageProps<"/[company]/sites">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const opened = await requireCompanyPermission(params, "site:manage");
  return { title: `Sites · ${"managed" in opened ? opened.managed.company.name : "All companies"}` };
}

export default async function SitesPage({ params }: Props) {
  const opened = await requireCompanyPermission(params, "site:manage");
  if ("choices" in opened) return <CompanyChoice title="Sites" page="sites" companies={opened.choices} />;
  const { company, scope, timeZone } = opened.managed;
  const now = Date.now();
  return (
    <SitesView
      companyId={company.id}
      sites={await readSites({ scope }, timeZone, now)}
      zone={timeZone}
      readAt={now}
      actions={{ ...actions }}
    />
  );
}
