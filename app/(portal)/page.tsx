import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { FirstStepsCard } from "@/components/fleet/first-steps-card";
import { PageHeader } from "@/components/layout/page-header";
import { EmptyState } from "@/components/ui/empty-state";
import { Texts } from "@/components/ui/texts";
import { can } from "@/lib/domain/permissions";
import { firstStepsWithoutCompany } from "@/lib/server/first-steps";
import { requireUser } from "@/lib/server/guards";
import { readSettings } from "@/lib/services/settings/read-settings";

/** The way in: the dashboard of the one company, or of all of them. */
export default async function StartPage() {
  const { access } = await requireUser();
  const [first, ...others] = access.companies;
  if (first) redirect(others.length > 0 ? "/all/dashboard" : `/${first.id}/dashboard`);
  const t = await getTranslations("pages");
  if (can(access.actor, "company:create")) {
    const { timeZone } = await readSettings();
    return (
      <>
        <PageHeader title={t("welcome")} />
        <Texts of={["firstSteps"]}>
          <FirstStepsCard {...firstStepsWithoutCompany()} zone={timeZone} />
        </Texts>
      </>
    );
  }
  return <EmptyState title={t("noCompany")} description={t("noCompanyNote")} />;
}
