import { expect, it } from "vitest";
import { z } from "zod";
import { parseParams } from "@/lib/services/tables/parse-params";

const schema = z.object({ a: z.string().optional(), b: z.string().optional() });

it("takes each parameter once, and names those that come more than once", () => {
  expect(parseParams(schema, new URLSearchParams("b=2&a=1"))).toEqual({ a: "1", b: "2" });
  expect(() => parseParams(schema, new URLSearchParams("b=2&a=1&b=3&c=1&c=1&c=1"))).toThrow(
    expect.objectContaining({
      code: "invalid",
      fields: [
        { field: "b", message: "must be given only once" },
        { field: "c", message: "must be given only once" },
      ],
    }),
  );
});
