import type { Metadata } from "next";
import { CompanyChoice } from "@/components/lists/company-choice";
import { ViewsView } from "@/components/saved-views/views-view";
import { contextOf } from "@/lib/server/actions";
import { requireCompanyPermission } from "@/lib/server/guards";
import { readViews } from "@/lib/services/views/read-views";
import * as actions from "./actions";

export const metadata: Metadata = { title: "Saved views" };

export default async function ViewsPage({ params }: PageProps<"/[company]/views">) {
  const opened = await requireCompanyPermission(params, "events:read");
  if ("choices" in opened) {
    return <CompanyChoice title="Saved views" page="views" companies={opened.choices} />;
  }
  const { managed } = opened;
  const screen = await readViews({ ...contextOf(managed), scope: managed.scope });
  return <ViewsView companyId={managed.company.id} {...screen} actions={{ ...actions }} />;
}
