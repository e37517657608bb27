import type { ReactNode } from "react";
import { ViewSaver } from "@/components/saved-views/save-view";
import { Texts } from "@/components/ui/texts";
import { can } from "@/lib/domain/permissions";
import { requireCompany } from "@/lib/server/guards";
import { saveViewAction } from "./views/actions";

interface CompanyLayoutProps {
  params: Promise<{ company: string }>;
  children: ReactNode;
}

/**
 * Answers 404 before anything is streamed: a page's own guard stands behind its skeleton, whose status is 200 already.
 * The guards of the pages are what keeps companies apart.
 */
export default async function CompanyLayout({ params, children }: CompanyLayoutProps) {
  const { company, access } = await requireCompany(params);
  if (!company) return <Texts of={["exports"]}>{children}</Texts>;
  const mayShare = can(access.actor, "views:share", { companyId: company.id });
  return (
    <Texts of={["exports", "saveView"]}>
      <ViewSaver companyId={company.id} mayShare={mayShare} action={saveViewAction}>
        {children}
      </ViewSaver>
    </Texts>
  );
}
