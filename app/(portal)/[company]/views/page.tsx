import { CompanyChoice } from "@/components/lists/company-choice";
import { ViewsView } from "@/components/saved-views/views-view";
import { wordViews } from "@/components/saved-views/worded-views";
import { Texts } from "@/components/ui/texts";
import { contextOf } from "@/lib/server/actions";
import { companyTitle } from "@/lib/server/company-page";
import { requireCompanyPermission } from "@/lib/server/guards";
import { getWords } from "@/lib/server/texts/words";
import { readViews } from "@/lib/services/views/read-views";
import * as actions from "./actions";

export const generateMetadata = companyTitle("savedViews.title", "events:read");

export default async function ViewsPage({ params }: PageProps<"/[company]/views">) {
  const opened = await requireCompanyPermission(params, "events:read");
  if ("choices" in opened) {
    return <CompanyChoice titleKey="savedViews.title" page="views" companies={opened.choices} />;
  }
  const { managed } = opened;
  const { own, shared, mayShare } = await readViews({ ...contextOf(managed), scope: managed.scope });
  const word = await getWords();
  return (
    <Texts of={["savedViews"]}>
      <ViewsView
        companyId={managed.company.id}
        own={wordViews(own, word)}
        shared={wordViews(shared, word)}
        mayShare={mayShare}
        actions={{ ...actions }}
      />
    </Texts>
  );
}
