import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { CompanyAction } from "@/lib/domain/permissions";
import { findSubjectNames } from "../services/reports/screen-surroundings";
import { requireCompany, requireCompanyPermission } from "./guards";
import { rowIdOf } from "./search-params";
import { guardedTitle } from "./texts/guarded-title";
import type { TitleKey } from "./texts/page-title";

/** `generateMetadata` of a page of one company or all: "Events · Meridian". Guards itself as the page does. */
export function companyTitle(key: TitleKey, action?: CompanyAction) {
  return ({ params }: { params: Promise<{ company: string }> }): Promise<Metadata> =>
    guardedTitle(async () => {
      const company = action ? await managedCompany(params, action) : (await requireCompany(params)).company;
      const t = await getTranslations();
      return titleWithin(company, t(key));
    });
}

/** The same of an account's page: "anna · Account · Meridian". */
export async function accountTitle(
  company: Promise<{ company: string }>,
  accountId: string,
): Promise<Metadata> {
  const view = await requireCompany(company);
  const { accountName } = await findSubjectNames(view.scope, { account: rowIdOf(accountId) });
  if (accountName === null) notFound();
  const t = await getTranslations("pages");
  return { title: await titleWithin(view.company, t("accountTitle", { account: accountName })) };
}

/** The same of a computer's page. */
export async function computerTitle(
  company: Promise<{ company: string }>,
  computerId: string,
): Promise<Metadata> {
  const view = await requireCompany(company);
  const { computerName } = await findSubjectNames(view.scope, { computer: rowIdOf(computerId) });
  if (computerName === null) notFound();
  const t = await getTranslations("pages");
  return { title: await titleWithin(view.company, t("computerTitle", { computer: computerName })) };
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
