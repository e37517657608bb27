import type { z } from "zod";
import type { AllCompaniesFrame } from "@/lib/domain/reports/all-companies";
import type { ReportAsk } from "@/lib/domain/reports/report";
import type { ReportQuery } from "@/lib/domain/reports/report-query";
import type { CompanyScope, UserAccess } from "@/lib/services/access/read-access";
import { numberedPage, type NumberedPage } from "@/lib/services/reports/row-page";
import { heldToOne } from "./listed-companies";
import type { CompanyView } from "./guards";
import { readInQueue, type Refused } from "./report-page";
import { readScreenAsk } from "./report-screen";
import { textParam, type SearchParams } from "./search-params";

/** A page of a report over all companies where the viewer has the right, held to one of them by `only=`. */
export async function readAllCompanies<Query extends ReportQuery, Row>(
  { choices, view }: { choices: UserAccess["companies"]; view: CompanyView },
  schema: z.ZodObject & z.ZodType<Query>,
  params: SearchParams,
  read: (scope: CompanyScope, ask: ReportAsk<Query>) => Promise<readonly Row[]>,
): Promise<{ screen: NumberedPage<Row> | Refused; frame: AllCompaniesFrame<Query> }> {
  const readAt = Date.now();
  const { ask, ignored } = readScreenAsk(schema, params, view.timeZone, readAt);
  const companies = choices.map(({ id, name }) => ({ id, name }));
  const held = heldToOne(view, params);
  const { actor } = view.access;
  const screen = await readInQueue({ ...view, scope: held.scope }, async (own, signal) =>
    numberedPage(await read(own, { ...ask, actor, signal }), textParam(params, "page")),
  );
  return {
    screen,
    frame: {
      query: ask.query,
      zone: ask.zone,
      readAt,
      ignored: [...ignored, ...held.ignored],
      companies,
      only: held.only,
    },
  };
}
