import type { GuideGroup, GuideMember, GuideOperation } from "@/lib/domain/api-guide";
import { openApiDocument } from "./document";
import type { Answer, JsonSchema, Method, OpenApiDocument, Operation } from "./openapi-types";

/** The API's description as the page shows it, made of the document alone, so that the two cannot differ. */
export async function apiGuide(): Promise<GuideGroup[]> {
  const document = await openApiDocument();
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      tag: operation.tags[0],
      operation: toGuide(document, path, method as Method, operation),
    })),
  );
  const groups = document.tags.map(({ name, description }) => ({
    name,
    description,
    operations: operations.filter(({ tag }) => tag === name).map(({ operation }) => operation),
  }));
  // What the portal sends has a page of its own; here stands what it answers.
  return groups.filter((group) => group.operations.length > 0);
}

function toGuide(
  document: OpenApiDocument,
  path: string,
  method: Method,
  operation: Operation,
): GuideOperation {
  const { operationId, summary, description, security, parameters = [], responses } = operation;
  return {
    id: operationId,
    method: method.toUpperCase() as GuideOperation["method"],
    path,
    summary,
    description,
    opensBy: method === "patch" ? "session or managing key" : opensBy(security),
    parameters: parameters.map((parameter) =>
      toMember(parameter.name, { ...parameter.schema, description: parameter.description }),
    ),
    members: membersOf(document, operation),
    answers: Object.entries(responses).map(([status, found]) => {
      return { status, description: resolveAnswer(document, found).description };
    }),
    body: bodyOf(operation),
  };
}

function opensBy(security: Operation["security"]): GuideOperation["opensBy"] {
  if (security.length === 0) return "anyone";
  const isBy = (name: string) => security.some((way) => name in way);
  if (!isBy("apiKey")) return "session";
  return isBy("session") ? "session or key" : "key";
}

function resolveAnswer(document: OpenApiDocument, found: Answer | { $ref: string }): Answer {
  return "$ref" in found ? document.components.responses[nameOf(found.$ref)]! : found;
}

function resolve(document: OpenApiDocument, schema: JsonSchema): JsonSchema {
  return typeof schema.$ref === "string" ? document.components.schemas[nameOf(schema.$ref)]! : schema;
}

function nameOf(reference: string): string {
  return reference.slice(reference.lastIndexOf("/") + 1);
}

/** Of a table what its rows have, of other answers what they have themselves. */
function membersOf(document: OpenApiDocument, { responses }: Operation): GuideMember[] {
  const ok = responses["200"];
  const schema = ok && resolveAnswer(document, ok).content?.["application/json"]?.schema;
  if (!schema) return [];
  const body = propertiesOf(resolve(document, schema));
  const rows = body.rows?.items as JsonSchema | undefined;
  const properties = rows ? propertiesOf(resolve(document, rows)) : body;
  return Object.entries(properties).map(([name, property]) => toMember(name, property));
}

function propertiesOf(schema: JsonSchema): Record<string, JsonSchema> {
  return (schema.properties ?? {}) as Record<string, JsonSchema>;
}

function toMember(name: string, schema: JsonSchema): GuideMember {
  const [example] = (schema.examples ?? []) as unknown[];
  return {
    name,
    type: typeWords(schema),
    description: schema.description ?? "",
    choices: ((schema.enum ?? []) as unknown[]).map(String),
    usual: schema.default === undefined ? null : String(schema.default),
    example: example === undefined ? null : String(example),
  };
}

function typeWords({ type, format, const: constant }: JsonSchema): string {
  if (constant !== undefined) return JSON.stringify(constant);
  const [main, ...others] = [type ?? "any"].flat() as string[];
  const words =
    format === "date-time" ? "instant" : format === "date" ? "date" : (TYPE_WORDS[main!] ?? main!);
  return others.includes("null") ? `${words} or null` : words;
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: "text",
  integer: "whole number",
  boolean: "true or false",
  array: "list",
};

function bodyOf({ requestBody }: Operation): string | null {
  const [example] = Object.values(requestBody?.content["application/json"]?.examples ?? {});
  return example ? JSON.stringify(example.value) : null;
}
