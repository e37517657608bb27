import type { NextRequest } from "next/server";
import { filterText } from "@/lib/domain/reports/filter-text";
import { ianaZone } from "@/lib/domain/zones";
import { recordReportExport } from "@/lib/services/audit/record-report-export";
import { streamCompanies, type CompanySummary } from "@/lib/services/companies/read-companies";
import { reportScope } from "@/lib/services/reports/report-queue";
import { readSettings } from "@/lib/services/settings/read-settings";
import type { SignedIn } from "./guards";
import { listFileResponse } from "./list-file";
import { listTable, type ListColumn } from "./list-table";
import { textParam } from "./search-params";
import { isStillAllowed, whileAllowed } from "./still-allowed";

const COLUMNS: readonly ListColumn<CompanySummary>[] = [
  { header: "companies.company", value: ({ name }) => name },
  { header: "companies.companyDescription", value: ({ description }) => description },
  { header: "companies.events", kind: "integer", value: ({ eventCount }) => eventCount },
  { header: "companies.users", kind: "integer", value: ({ userCount }) => userCount },
  { header: "companies.sites", kind: "integer", value: ({ siteCount }) => siteCount },
  { header: "companies.lastEvent", kind: "instant", value: ({ lastEventAt }) => lastEventAt },
  { header: "companies.timeZone", value: ({ timeZone }) => timeZone ?? { key: "companies.portalDefault" } },
  { header: "companies.created", kind: "instant", value: ({ createdAt }) => createdAt },
];

/** The companies under the search of the address, as a file by name. @throws AppError as `listFileResponse`. */
export async function companiesFileResponse(request: NextRequest, user: SignedIn): Promise<Response> {
  const { access, session, auditActor } = user;
  const search = textParam(Object.fromEntries(request.nextUrl.searchParams), "q");
  const companies = streamCompanies(reportScope(access.scope), search);
  const isAllowed = () =>
    isStillAllowed(user, { scope: null, portalAction: "company:create", mayIdle: true });
  const zone = ianaZone(session.timeZone ?? (await readSettings()).timeZone);
  return listFileResponse(request, user, {
    // "companies" is the report that compares them.
    name: "company-list",
    facts: {
      title: { key: "companies.title" },
      companyName: null,
      range: null,
      filterWords: search ? [filterText("lists.search", search)] : [],
      zone,
    },
    scope: null,
    table: (_, reader) => listTable(COLUMNS, whileAllowed(companies, isAllowed), { zone, reader }),
    record: (exported) =>
      recordReportExport(auditActor, access.scope, {
        report: "company-list",
        isOfPortal: true,
        ...exported,
      }),
    isAllowed,
  });
}
