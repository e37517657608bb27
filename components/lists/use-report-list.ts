"use client";

import type { ReportScreenProps } from "@/lib/domain/reports/report";
import { onlyNamedCompanyFilter, siteFilterOf } from "./list-filters";
import { useExportQuery, useListUrl } from "./use-list-url";

interface ReportListScreen extends Pick<
  ReportScreenProps<unknown>,
  "ignored" | "companyNames" | "companyChoices"
> {
  sites: Parameters<typeof siteFilterOf>[0];
}

/** What the screen of every report begins with; `left` are parameters that its exports leave out besides. */
export function useReportList(
  { sites, ignored, companyNames, companyChoices }: ReportListScreen,
  left: string[] = [],
) {
  return {
    url: useListUrl(),
    exported: useExportQuery([...ignored, ...left]),
    companyFilter: onlyNamedCompanyFilter(companyChoices),
    siteFilter: siteFilterOf(sites, companyNames),
    isManyCompanies: companyNames !== undefined,
  };
}
