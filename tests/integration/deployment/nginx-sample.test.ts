import { expect, it } from "vitest";
import { checkNginxSample } from "../../support/nginx";

it("nginx takes the sample without a warning", async () => {
  const { code, said } = await checkNginxSample();
  expect(said).toContain("test is successful");
  expect(said).not.toMatch(/\[(warn|error|emerg)\]/);
  expect(code).toBe(0);
});
