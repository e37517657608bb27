import { getTranslations } from "next-intl/server";
import { AuditView } from "@/components/audit/audit-view";
import { Texts } from "@/components/ui/texts";
import { contextOf } from "@/lib/server/actions";
import { auditCursorOf, auditFilterOf } from "@/lib/server/audit-filter";
import { auditLines } from "@/lib/server/audit-lines";
import { requirePermission } from "@/lib/server/guards";
import { portalTitle } from "@/lib/server/texts/guarded-title";
import { readAudit } from "@/lib/services/audit/read-audit";
import { readSettings } from "@/lib/services/settings/read-settings";

export const generateMetadata = portalTitle("nav.audit", () => requirePermission("audit:read-all"));

export default async function AuditPage({ searchParams }: PageProps<"/admin/audit">) {
  const user = await requirePermission("audit:read-all");
  const params = await searchParams;
  const zone = user.session.timeZone ?? (await readSettings()).timeZone;
  const t = await getTranslations("nav");
  const page = await readAudit(
    { context: contextOf(user) },
    auditFilterOf(params, zone),
    auditCursorOf(params),
  );
  return (
    <Texts of={["audit", "exports"]}>
      <AuditView
        {...page}
        entries={await auditLines(page.entries, { ...user.access, isPortal: true })}
        zone={zone}
        readAt={Date.now()}
        exportPath="/admin/audit/export"
        title={t("audit")}
        companies={user.access.companies.map(({ id, name }) => ({ id, name }))}
      />
    </Texts>
  );
}
