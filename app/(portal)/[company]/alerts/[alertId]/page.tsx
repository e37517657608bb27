import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { AlertView } from "@/components/alerts/alert-view";
import { Texts } from "@/components/ui/texts";
import { ruleTitle } from "@/lib/domain/detections/alert";
import { subjectOf } from "@/lib/domain/reports/alerts";
import { contextOf } from "@/lib/server/actions";
import { titleWithin } from "@/lib/server/company-page";
import { readOr404, requireCompanyPermission } from "@/lib/server/guards";
import { rowIdOf } from "@/lib/server/search-params";
import { getWords } from "@/lib/server/texts/words";
import { guardedTitle } from "@/lib/server/texts/guarded-title";
import { readAlert } from "@/lib/services/detections/read-alert";
import { addExceptionAction, assignAlertsAction, commentAlertAction, setAlertStateAction } from "../actions";

type Props = PageProps<"/[company]/alerts/[alertId]">;

async function open({ params }: Props) {
  const opened = await requireCompanyPermission(params, "alerts:read");
  if ("choices" in opened) notFound();
  const { managed } = opened;
  const id = rowIdOf((await params).alertId);
  const context = { ...contextOf(managed), scope: managed.scope };
  return { managed, screen: await readOr404(managed, () => readAlert(context, id)) };
}

export function generateMetadata(props: Props): Promise<Metadata> {
  return guardedTitle(async () => {
    const { managed, screen } = await open(props);
    const [t, word] = await Promise.all([getTranslations("alertDetails"), getWords()]);
    const { alert } = screen;
    const page = t("title", { rule: word(ruleTitle(alert.rule)), subject: word(subjectOf(alert)) });
    return titleWithin(managed.company, page);
  });
}

export default async function AlertPage(props: Props) {
  const { managed, screen } = await open(props);
  return (
    <Texts of={["alertActions", "alertStates", "exceptions"]}>
      <AlertView
        {...screen}
        companyId={managed.company.id}
        zone={managed.timeZone}
        readAt={Date.now()}
        actions={{ setAlertStateAction, assignAlertsAction, commentAlertAction, addExceptionAction }}
      />
    </Texts>
  );
}
