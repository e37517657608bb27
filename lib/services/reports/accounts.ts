import { listAccounts } from "@/db/queries/reports/list-accounts";
import { readWithin } from "@/db/scope";
import type { AccountRow } from "@/lib/domain/reports/accounts";
import type { ReportQuery } from "@/lib/domain/reports/report-query";
import type { ReportService } from "./report-service";

export const readAccounts: ReportService<ReportQuery, AccountRow> = (scope, { range }) =>
  readWithin(scope, (tx) => listAccounts(tx, scope, range));
