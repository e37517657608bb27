import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { openApiDocument } from "@/lib/server/openapi/document";

const [, after] = readFileSync("docs/domain.md", "utf8").split("**Health.**");
const contract = after!.split("\n\n")[0]!;

it("the contract names every field and header of a health check", async () => {
  const { components, paths } = await openApiDocument();
  const fields = Object.keys(components.schemas.HealthReport!.properties as object);
  const answer = paths["/api/health"]!.post!.responses["200"]!;
  const headers = "headers" in answer ? Object.keys(answer.headers ?? {}) : [];
  expect(fields.length).toBeGreaterThan(5);
  expect(headers).toEqual(["X-Agent-Version"]);
  for (const name of [...fields, ...headers]) expect(contract).toContain(`\`${name}\``);
});
