/** A JSON Schema of the 2020-12 draft, which OpenAPI 3.1 uses as it is. */
export interface JsonSchema {
  description?: string;
  [keyword: string]: unknown;
}

export interface Parameter {
  name: string;
  in: "query" | "header" | "path";
  description?: string;
  required?: true;
  schema: JsonSchema;
}

export interface Answer {
  description: string;
  headers?: Record<string, { description: string; schema: JsonSchema }>;
  content?: Record<string, { schema: JsonSchema; example?: unknown }>;
}

export interface Operation {
  operationId: string;
  tags: [string];
  summary: string;
  description: string;
  security: Record<string, string[]>[];
  parameters?: Parameter[];
  requestBody?: {
    description: string;
    required?: boolean;
    content: Record<string, { schema: JsonSchema; examples?: Record<string, { value: unknown }> }>;
  };
  responses: Record<string, Answer | { $ref: string }>;
}

export type Method = "get" | "post" | "patch";

/** What of an OpenAPI 3.1 document is written here. */
export interface OpenApiDocument {
  openapi: "3.1.1";
  info: { title: string; version: string; description: string };
  servers: { url: string; description: string }[];
  tags: { name: string; description: string }[];
  paths: Record<string, Partial<Record<Method, Operation>>>;
  /** What is sent to receivers, by name. */
  webhooks: Record<string, Partial<Record<Method, Operation>>>;
  components: {
    schemas: Record<string, JsonSchema>;
    responses: Record<string, Answer>;
    securitySchemes: Record<
      string,
      { type: "apiKey"; in: "header" | "cookie"; name: string; description: string }
    >;
  };
}

/** A reference to a schema of the document. */
export function schemaRef(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}

/** References to the answers of these statuses, which stand in the document as `<prefix><status>`. */
export function refused(prefix: string, statuses: readonly string[]): Record<string, { $ref: string }> {
  return Object.fromEntries(
    statuses.map((status) => [status, { $ref: `#/components/responses/${prefix}${status}` }]),
  );
}
