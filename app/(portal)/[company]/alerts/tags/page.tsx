import { TagsView } from "@/components/alerts/tags-view";
import { CompanyChoice } from "@/components/lists/company-choice";
import { Texts } from "@/components/ui/texts";
import { contextOf } from "@/lib/server/actions";
import { companyTitle } from "@/lib/server/company-page";
import { requireCompanyPermission } from "@/lib/server/guards";
import { readTagsScreen } from "@/lib/services/tags/read-tags";
import { addPatternAction, removePatternAction } from "./actions";

export const generateMetadata = companyTitle("alertPages.tags", "alerts:read");

export default async function TagsPage({ params }: PageProps<"/[company]/alerts/tags">) {
  const opened = await requireCompanyPermission(params, "alerts:read");
  if ("choices" in opened) {
    return <CompanyChoice titleKey="alertPages.tags" page="alerts/tags" companies={opened.choices} />;
  }
  const { managed } = opened;
  const screen = await readTagsScreen({ ...contextOf(managed), scope: managed.scope });
  return (
    <Texts of={["alertPages", "tagPatterns", "tags"]}>
      <TagsView
        {...screen}
        companyId={managed.company.id}
        zone={managed.timeZone}
        readAt={Date.now()}
        actions={{ addPatternAction, removePatternAction }}
      />
    </Texts>
  );
}
