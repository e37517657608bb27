import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { CompanyAction } from "@/lib/domain/permissions";
import { requireCompany, requireCompanyPermission, type CompanyView } from "./guards";
import type { TitleKey } from "./texts/page-title";

/** `generateMetadata` of a page of one company or all: "Events · Meridian". Guards itself as the page does. */
export function companyTitle(key: TitleKey, action?: CompanyAction) {
  return async ({ params }: { params: Promise<{ company: string }> }): Promise<Metadata> => {
    const company = action ? await managedCompany(params, action) : (await requireCompany(params)).company;
    const t = await getTranslations();
    const name = company?.name ?? t("pages.allCompanies");
    return { title: t("pages.companyTitle", { page: t(key), company: name }) };
  };
}

async function managedCompany(params: Promise<{ company: string }>, action: CompanyAction) {
  const opened = await requireCompanyPermission(params, action);
  return "managed" in opened ? opened.managed.company : null;
}

/** The names by id where several companies are in view. */
export function companyNamesOf({
  company,
  access,
}: CompanyView): Readonly<Record<number, string>> | undefined {
  if (company) return undefined;
  return Object.fromEntries(access.companies.map(({ id, name }) => [id, name]));
}
