import { sql } from "drizzle-orm";
import { readWithin } from "@/db/scope";
import type { Report } from "@/lib/domain/reports/report";
import { reportQuery, type ReportQuery } from "@/lib/domain/reports/report-query";
import type { TableSource } from "@/lib/services/tables/table-source";
import { registerReport, type ReportService } from "@/lib/services/tables/register-report";

/** A row with a cell of every kind. */
export interface SampleRow {
  name: string;
  count: number | null;
  seconds: number | null;
  at: number | null;
  date: string | null;
  isNew: boolean | null;
}

const sample: Report<ReportQuery, SampleRow> = {
  name: "sample",
  title: "reports.logonsTitle",
  apiSummary: "Cells of every kind.",
  query: reportQuery,
  columns: (_, { isManyCompanies }) => [
    { id: "name", header: "Name", kind: "text", value: (row) => row.name },
    { id: "count", header: "Count", kind: "integer", value: (row) => row.count },
    { id: "seconds", header: "Spent", kind: "seconds", value: (row) => row.seconds },
    { id: "at", header: "At", kind: "instant", value: (row) => row.at },
    { id: "date", header: "Date", kind: "date", value: (row) => row.date },
    { id: "isNew", header: "New", kind: "flag", value: (row) => row.isNew },
    { id: "extra", header: "Extra", kind: "text", isOptional: true, value: (row) => `${row.name}!` },
    ...(isManyCompanies
      ? [{ id: "company", header: "Company", kind: "text" as const, value: () => "some" }]
      : []),
  ],
};

/** A report that gives these rows, in one batch or in batches of `batchRows`. */
export function sampleReport(rows: readonly SampleRow[], batchRows?: number) {
  const whole: ReportService<ReportQuery, SampleRow> = async () => rows;
  const inBatches: ReportService<ReportQuery, SampleRow> = async function* () {
    for (let start = 0; start < rows.length; start += batchRows!) yield rows.slice(start, start + batchRows!);
  };
  return registerReport(sample, batchRows === undefined ? whole : inBatches);
}

/** A report whose second batch the database would take a minute for. */
export function slowReport(first: SampleRow) {
  return registerReport<ReportQuery, SampleRow>(sample, async function* (scope, { signal }) {
    yield [first];
    await readWithin(scope, (tx) => tx.execute(sql`select pg_sleep(60), 'slow report'`), signal);
  });
}

/** A report that fails after its first batch. */
export function failingReport(first: SampleRow) {
  return registerReport<ReportQuery, SampleRow>(sample, async function* () {
    yield [first];
    throw new Error("the second batch is broken");
  });
}

/** A report that PostgreSQL gives only while the advisory lock is free; `begun` is told when it asks. */
export function gatedReport(row: SampleRow, lock: number, begun: (companyIds: readonly number[]) => void) {
  return registerReport<ReportQuery, SampleRow>(sample, async (scope, { signal }) => {
    begun(scope.companyIds);
    const gate = sql`select pg_advisory_xact_lock_shared(${lock}), 'gated report'`;
    await readWithin(scope, (tx) => tx.execute(gate), signal);
    return [row];
  });
}

/** A report that gives one row, does what is told to it, and gives another. */
export function pausingReport(first: SampleRow, between: () => Promise<unknown>, second: SampleRow) {
  return registerReport<ReportQuery, SampleRow>({ ...sample, action: "alerts:manage" }, async function* () {
    yield [first];
    await between();
    yield [second];
  });
}

/** A list read by pages that PostgreSQL gives only while the advisory lock is free. */
export function gatedList(row: SampleRow, lock: number): TableSource {
  const source = sampleReport([row]);
  return {
    ...source,
    isPaged: true,
    open: (ask) => ({
      ...source.open(ask),
      page: async () => {
        const gate = sql`select pg_advisory_xact_lock_shared(${lock}), 'gated list'`;
        await readWithin(ask.scope, (tx) => tx.execute(gate), ask.signal);
        return { rows: [], next: null };
      },
    }),
  };
}
