import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { REASONS } from "@/lib/server/agent-api/dispatch";
import { AGENT_PATHS } from "@/lib/server/openapi/agent-operations";
import { openApiDocument } from "@/lib/server/openapi/document";

const STATUSES = Object.keys(REASONS);

it.each(Object.keys(AGENT_PATHS))("the OpenAPI document has every refusal of POST %s", async (path) => {
  const { components } = await openApiDocument();
  const { responses } = AGENT_PATHS[path]!.post!;
  expect(Object.keys(responses)).toEqual(expect.arrayContaining(STATUSES));
  for (const status of STATUSES) expect(components.responses).toHaveProperty(`Agent${status}`);
});

it("the contract has every refusal in its table, and no other", () => {
  const contract = readFileSync("docs/domain.md", "utf8");
  const section = contract.slice(contract.indexOf("\n## 3. "), contract.indexOf("\n## 4. "));
  const told = [...section.matchAll(/^\|.*\| ([45]\d\d)\b[^|]*\|/gm)].map(([, status]) => status!);
  expect([...new Set(told)].toSorted()).toEqual(["400", ...STATUSES].toSorted());
});
