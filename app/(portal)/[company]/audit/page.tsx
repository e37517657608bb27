import { getTranslations } from "next-intl/server";
import { AuditView } from "@/components/audit/audit-view";
import { Texts } from "@/components/ui/texts";
import { contextOf } from "@/lib/server/actions";
import { auditCursorOf, auditFilterOf } from "@/lib/server/audit-filter";
import { auditLines } from "@/lib/server/audit-lines";
import { companyTitle } from "@/lib/server/company-page";
import { requireCompanyPermission } from "@/lib/server/guards";
import { readAudit } from "@/lib/services/audit/read-audit";

type Props = PageProps<"/[company]/audit">;

export const generateMetadata = companyTitle("nav.companyAudit", "audit:read-company");

export default async function CompanyAuditPage({ params, searchParams }: Props) {
  const opened = await requireCompanyPermission(params, "audit:read-company");
  const view = "managed" in opened ? opened.managed : opened.view;
  const query = await searchParams;
  const t = await getTranslations("nav");
  const trail = { companies: { ...contextOf(view), scope: view.scope } };
  const page = await readAudit(trail, auditFilterOf(query, view.timeZone), auditCursorOf(query));
  return (
    <Texts of={["audit"]}>
      <AuditView
        {...page}
        entries={await auditLines(page.entries, { ...trail.companies, isPortal: false })}
        zone={view.timeZone}
        readAt={Date.now()}
        title={t("companyAudit")}
        exportPath={`/${view.companyRef}/audit/export`}
        companies={"choices" in opened ? opened.choices.map(({ id, name }) => ({ id, name })) : undefined}
      />
    </Texts>
  );
}
