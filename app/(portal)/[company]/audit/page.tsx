import type { Metadata } from "next";
import { AuditView } from "@/components/audit/audit-view";
import { CompanyChoice } from "@/components/lists/company-choice";
import { contextOf } from "@/lib/server/actions";
import { auditCursorOf, auditFilterOf } from "@/lib/server/audit-filter";
import { requireCompanyPermission } from "@/lib/server/guards";
import { readAudit } from "@/lib/services/audit/read-audit";

type Props = PageProps<"/[company]/audit">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const opened = await requireCompanyPermission(params, "audit:read-company");
  return { title: `Audit trail · ${"managed" in opened ? opened.managed.company.name : "All companies"}` };
}

export default async function CompanyAuditPage({ params, searchParams }: Props) {
  const opened = await requireCompanyPermission(params, "audit:read-company");
  if ("choices" in opened)
    return <CompanyChoice title="Audit trail" page="audit" companies={opened.choices} />;
  const { managed } = opened;
  const query = await searchParams;
  const view = { company: { ...contextOf(managed), scope: managed.scope } };
  const page = await readAudit(view, auditFilterOf(query, managed.timeZone), auditCursorOf(query));
  return (
    <AuditView
      {...page}
      zone={managed.timeZone}
      readAt={Date.now()}
      exportPath={`/${managed.company.id}/audit/export`}
    />
  );
}
