import type { Metadata } from "next";
import { TagsView } from "@/components/alerts/tags-view";
import { CompanyChoice } from "@/components/lists/company-choice";
import { contextOf } from "@/lib/server/actions";
import { requireCompanyPermission } from "@/lib/server/guards";
import { readTagsScreen } from "@/lib/services/tags/read-tags";
import { addPatternAction, removePatternAction } from "./actions";

export const metadata: Metadata = { title: "Tags" };

export default async function TagsPage({ params }: PageProps<"/[company]/alerts/tags">) {
  const opened = await requireCompanyPermission(params, "alerts:read");
  if ("choices" in opened)
    return <CompanyChoice title="Tags" page="alerts/tags" companies={opened.choices} />;
  const { managed } = opened;
  const screen = await readTagsScreen({ ...contextOf(managed), scope: managed.scope });
  return (
    <TagsView
      {...screen}
      companyId={managed.company.id}
      zone={managed.timeZone}
      readAt={Date.now()}
      actions={{ addPatternAction, removePatternAction }}
    />
  );
}
