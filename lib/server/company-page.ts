import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { CompanyAction } from "@/lib/domain/permissions";
import { requireCompany, requireCompanyPermission } from "./guards";
import type { TitleKey } from "./texts/page-title";

/** `generateMetadata` of a page of one company or all: "Events · Meridian". Guards itself as the page does. */
export function companyTitle(key: TitleKey, action?: CompanyAction) {
  return async ({ params }: { params: Promise<{ company: string }> }): Promise<Metadata> => {
    const company = action ? await managedCompany(params, action) : (await requireCompany(params)).company;
    const t = await getTranslations();
    return { title: await titleWithin(company, t(key)) };
  };
}

/** A page's title in words, and whose page it is; null for all companies. */
export async function titleWithin(company: { name: string } | null, page: string): Promise<string> {
  const t = await getTranslations("pages");
  return t("companyTitle", { page, company: company?.name ?? t("allCompanies") });
}

async function managedCompany(params: Promise<{ company: string }>, action: CompanyAction) {
  const opened = await requireCompanyPermission(params, action);
  return "managed" in opened ? opened.managed.company : null;
}
