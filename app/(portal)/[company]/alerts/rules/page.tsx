import { RulesView } from "@/components/alerts/rules-view";
import { CompanyChoice } from "@/components/lists/company-choice";
import { Texts } from "@/components/ui/texts";
import { ianaZone } from "@/lib/domain/zones";
import { contextOf } from "@/lib/server/actions";
import { companyTitle } from "@/lib/server/company-page";
import { requireCompanyPermission } from "@/lib/server/guards";
import { readRulesScreen } from "@/lib/services/detections/read-rules";
import {
  changeHabitsAction,
  changeRuleAction,
  importRulesAction,
  previewRulesAction,
  removeExceptionAction,
} from "../actions";

export const generateMetadata = companyTitle("alertPages.rules", "alerts:read");

export default async function RulesPage({ params }: PageProps<"/[company]/alerts/rules">) {
  const opened = await requireCompanyPermission(params, "alerts:read");
  if ("choices" in opened) {
    return <CompanyChoice titleKey="alertPages.rules" page="alerts/rules" companies={opened.choices} />;
  }
  const { managed } = opened;
  const now = Date.now();
  const context = { ...contextOf(managed), scope: managed.scope };
  const screen = await readRulesScreen(context, ianaZone(managed.timeZone), now);
  return (
    <Texts
      of={[
        "alertPages",
        "alertStates",
        "eventKinds",
        "exceptions",
        "ruleQuestions",
        "ruleScreens",
        "ruleSentences",
        "ruleTitles",
        "rules",
        "severities",
        "units",
      ]}
    >
      <RulesView
        {...screen}
        companyId={managed.company.id}
        zone={managed.timeZone}
        readAt={now}
        actions={{
          changeHabitsAction,
          changeRuleAction,
          previewRulesAction,
          importRulesAction,
          removeExceptionAction,
        }}
      />
    </Texts>
  );
}
