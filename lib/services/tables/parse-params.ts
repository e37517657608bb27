import type { z } from "zod";
import { withoutUnstorable } from "@/lib/domain/events/wire-text";
import { foreignFilters } from "@/lib/domain/reports/report-query";
import { resolveReportRange, type AskedRange, type ReportRange } from "@/lib/domain/reports/report-range";
import type { IanaZone } from "@/lib/domain/zones";
import { inEnglish } from "@/lib/english";
import { AppError, type FieldProblem } from "@/lib/errors";

/** Parameters as the schema wants them. @throws AppError `invalid` with a message and a field for each that is wrong. */
export function parseParams<Schema extends z.ZodType>(
  schema: Schema,
  params: URLSearchParams,
): z.output<Schema> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const name of params.keys()) (seen.has(name) ? repeated : seen).add(name);
  if (repeated.size > 0) {
    throw invalid([...repeated].map((field) => ({ field, message: "must be given only once" })));
  }
  const unstorable = [...params].filter(([, text]) => withoutUnstorable(text) !== text);
  if (unstorable.length > 0) {
    throw invalid(unstorable.map(([field]) => ({ field, message: "must not contain control characters" })));
  }
  const parsed = schema.safeParse(Object.fromEntries(params));
  if (parsed.success) return parsed.data;
  throw invalid(
    parsed.error.issues.map((issue) => ({ field: String(issue.path[0] ?? ""), message: issue.message })),
  );
}

/** A table's own parameters. @throws AppError `invalid` as parseParams, and for a filter that only others have. */
export function parseQuery<Query>(schema: z.ZodObject & z.ZodType<Query>, params: URLSearchParams): Query {
  const foreign = foreignFilters(schema, params.keys());
  if (foreign.length > 0) {
    throw invalid(foreign.map((field) => ({ field, message: "isn't a filter of this table" })));
  }
  return parseParams(schema, params);
}

/** The instants that a query's range stands for now. @throws AppError `invalid` when it ends before it begins. */
export function rangeOf(query: AskedRange, now: number, zone: IanaZone): ReportRange {
  return resolveReportRange(query, now, zone) ?? refuseRange();
}

/** @throws AppError `invalid`, always. */
export function refuseRange(): never {
  throw invalid([{ field: "from", message: "must be before to" }]);
}

export function invalid(fields: readonly FieldProblem[]): AppError {
  const message = fields.map(({ field, message: said }) => `${field}: ${inEnglish(said)}`).join("; ");
  return new AppError("invalid", message, fields);
}
