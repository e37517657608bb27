import { z } from "zod";
import type { ColumnHead, CellKind } from "@/lib/domain/reports/report-table";
import { tablePath } from "@/lib/domain/reports/table-address";
import { inEnglish } from "@/lib/english";
import { commonQuery } from "../read-api/common-query";
import { subjectsInWords } from "@/lib/services/tables/subjects-in-words";
import type { TableSource } from "@/lib/services/tables/table-source";
import { schemaRef, refused, type JsonSchema, type Operation, type Parameter } from "./openapi-types";

const CELL_SCHEMA: Readonly<Record<CellKind, JsonSchema>> = {
  text: { type: ["string", "null"] },
  integer: { type: ["integer", "null"] },
  decimal: { type: ["number", "null"] },
  seconds: { type: ["integer", "null"] },
  instant: { type: ["string", "null"], format: "date-time" },
  date: { type: ["string", "null"], format: "date" },
  flag: { type: ["boolean", "null"] },
  numbers: { type: "array", items: { type: "integer" } },
};

const CELL_WORDS: Readonly<Partial<Record<CellKind, string>>> = {
  decimal: "With two places.",
  seconds: "Elapsed whole seconds.",
  instant: "RFC 3339 in UTC.",
  date: "A day in the response's time zone.",
};

/** What the read API answers for a source: its operation, by the path it stands at, and the schema of its rows. */
export function describeTable(source: TableSource): {
  path: string;
  operation: Operation;
  rowName: string;
  rowSchema: JsonSchema;
} {
  const rowName = `${pascalCase(source.name)}Row`;
  const path = tablePath(source.name);
  const isList = isPaged(source);
  return {
    path,
    rowName,
    rowSchema: rowSchemaOf(source),
    operation: {
      operationId: `get${pascalCase(source.name)}`,
      tags: [path.startsWith("/api/v1/reports/") ? "Reports" : "Lists"],
      summary: inEnglish({ key: source.title }),
      description: descriptionOf(source),
      security: source.isForPeople ? [{ session: [] }] : [{ apiKey: [] }, { session: [] }],
      parameters: parametersOfTable(source),
      responses: {
        "200": {
          description: isList
            ? "A page of rows, or a file with every row that the filters select."
            : "Every row, as JSON or as a file.",
          content: {
            "application/json": { schema: bodySchemaOf(source.name, rowName, isList) },
            "text/csv": { schema: { type: "string" } },
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": { schema: BINARY },
            "application/pdf": { schema: BINARY },
          },
        },
        ...refused("Refused", ["400", "401", "403", "404", "429", "500", "503"]),
      },
    },
  };
}

function descriptionOf({ apiSummary, needs }: TableSource): string {
  if (!needs) return apiSummary;
  const subjects = subjectsInWords(needs);
  return `${apiSummary} ${subjects[0]!.toUpperCase()}${subjects.slice(1)} is required.`;
}

/** Whose rows, then which, then how they come. */
function parametersOfTable({ query }: TableSource): Parameter[] {
  const [company, ...form] = parametersOf(commonQuery);
  return [company!, ...parametersOf(query), ...form];
}

const BINARY: JsonSchema = { type: "string", format: "binary" };

/** Lists are read page by page, reports whole. */
function isPaged({ query }: TableSource): boolean {
  return "after" in query.shape;
}

function pascalCase(name: string): string {
  return name.replaceAll(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** The parameters of a query's schema: what it accepts, before it makes numbers and defaults of it. */
function parametersOf(query: z.ZodObject): Parameter[] {
  const { properties = {}, required = [] } = z.toJSONSchema(query, { io: "input" });
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...schema } = property as JsonSchema;
    return {
      name,
      in: "query",
      ...(description !== undefined && { description }),
      ...(required.includes(name) && { required: true }),
      schema,
    };
  });
}

/** No member is required, since `columns` chooses among them. */
function rowSchemaOf(source: TableSource): JsonSchema {
  const properties = source
    .describeColumns()
    .map(({ column, isAlways }) => [column.id, cellSchemaOf(column, isAlways)] as const);
  return {
    type: "object",
    description: `A row of ${inEnglish({ key: source.title })}.`,
    properties: Object.fromEntries(properties),
    additionalProperties: false,
  };
}

function cellSchemaOf({ kind, header, isOptional, isFileOnly }: ColumnHead, isAlways: boolean): JsonSchema {
  const words = [
    `${inEnglish(header)}.`,
    CELL_WORDS[kind],
    isAlways ? undefined : "Depends on the parameters.",
    isOptional ? "In files only when columns names it." : undefined,
    isFileOnly ? "In JSON only when columns names it." : undefined,
  ];
  return { ...CELL_SCHEMA[kind], description: words.filter(Boolean).join(" ") };
}

function bodySchemaOf(name: string, rowName: string, isList: boolean): JsonSchema {
  const next: JsonSchema = {
    type: ["string", "null"],
    description: "Send it as after to get the next page; null on the last page.",
  };
  return {
    type: "object",
    properties: {
      report: { const: name },
      company: schemaRef("Company"),
      timeZone: { type: "string", description: "The IANA zone of days and hours." },
      from: { type: "string", format: "date-time", description: "The start of the range." },
      to: {
        type: ["string", "null"],
        format: "date-time",
        description:
          "The end of the range, not included; null if it has none. For a single moment, it equals from.",
      },
      rows: { type: "array", items: schemaRef(rowName) },
      ...(isList && { next }),
    },
    required: ["report", "company", "timeZone", "rows", ...(isList ? ["next"] : [])],
    additionalProperties: false,
  };
}
