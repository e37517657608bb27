import { sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { database } from "@/db/client";
import { operatorReadScope } from "@/db/scope";
import { operatorActor, type AuditActor } from "@/lib/services/audit/actor";
import { recordReportExport } from "@/lib/services/audit/record-report-export";
import { createCompany } from "@/lib/services/companies/create-company";
import { preparePeople } from "../../support/sign-in-people";

let companies: number[];

beforeAll(async () => {
  await preparePeople();
  companies = [];
  for (const name of ["Trail A", "Trail B"]) {
    companies.push(
      (await createCompany(operatorActor("command line"), { name: `${name} ${Date.now()}` })).id,
    );
  }
});

async function trailOf(requestId: string) {
  const rows = await database().execute<{ company_id: number | null; after: Record<string, unknown> }>(sql`
    select company_id, after from audit_log where request_id = ${requestId} order by company_id nulls first`);
  return [...rows].map(({ company_id: companyId, after }) => ({ companyId, after }));
}

const actor = (requestId: string): AuditActor => ({ ...operatorActor("command line"), requestId });
const query = "range=7d&tz=UTC&account=jane.of.b&q=secret&site=17&columns=account,active";

it("of several companies tells each nothing of the others, and the portal the whole", async () => {
  const requestId = `export-${Date.now()}`;
  const exported = { report: "time-spent", format: "csv", query, rowCount: 4711 };
  await recordReportExport(actor(requestId), operatorReadScope(companies), exported);
  const [portal, ...own] = await trailOf(requestId);
  expect(portal).toEqual({
    companyId: null,
    after: { report: "time-spent", format: "csv", filters: query, rowCount: 4711, companies: 2 },
  });
  const share = {
    report: "time-spent",
    format: "csv",
    filters: "range=7d&tz=UTC&columns=account%2Cactive",
  };
  expect(own).toEqual(companies.map((companyId) => ({ companyId, after: share })));
});

it("of one company tells that one everything, and nobody else", async () => {
  const requestId = `export-one-${Date.now()}`;
  const [company] = companies;
  await recordReportExport(actor(requestId), operatorReadScope([company!]), {
    report: "time-spent",
    format: "csv",
    query,
    rowCount: 3,
  });
  expect(await trailOf(requestId)).toEqual([
    { companyId: company, after: { report: "time-spent", format: "csv", filters: query, rowCount: 3 } },
  ]);
});
