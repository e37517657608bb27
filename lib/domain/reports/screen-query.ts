import type { z } from "zod";
import { withoutUnstorable } from "../events/wire-text";
import { foreignFilters } from "./report-query";

export type RawParams = Readonly<Record<string, string | string[] | undefined>>;

/**
 * A screen's query as its report wants it. A screen shows what it can: parts that make no sense are left out and named,
 * where the read API would refuse them.
 */
export function readScreenQuery<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  raw: RawParams,
): { query: z.output<z.ZodObject<Shape>>; ignored: string[] } {
  const given: Record<string, string> = {};
  const unusable = foreignFilters(
    schema,
    Object.keys(raw).filter((name) => raw[name] !== undefined && raw[name] !== ""),
  );
  for (const name of Object.keys(schema.shape)) {
    const value = raw[name];
    const text = Array.isArray(value) ? value[0] : value;
    if (text === undefined || text === "") continue;
    if (withoutUnstorable(text) === text) given[name] = text;
    else unusable.push(name);
  }
  const first = schema.safeParse(given);
  if (first.success) return { query: first.data, ignored: unusable };
  const ignored = [...new Set(first.error.issues.map((issue) => String(issue.path[0])))];
  for (const name of ignored) delete given[name];
  return { query: schema.parse(given), ignored: [...unusable, ...ignored] };
}
