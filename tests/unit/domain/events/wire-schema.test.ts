import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { parseWireEvent } from "@/lib/domain/events/wire";
import { wireEventSchema } from "@/lib/domain/events/wire-schema";

const NOW = Date.UTC(2025, 5, 1, 12);
const SENT = {
  EventType: "Logon",
  UserName: "jane",
  ComputerName: "WS-01",
  Timestamp: "2025-05-25T14:30:00Z",
};

interface Documented {
  description?: string;
  examples?: unknown[];
}
const fields = Object.entries(wireEventSchema.shape).map(([field, schema]) => {
  const { description = "", examples = [] } = (schema.meta() ?? {}) as Documented;
  return { field, description, examples };
});
const examples = fields.flatMap(({ field, examples: values }) =>
  values.map((value) => [field, value] as const),
);

describe("the documented wire format", () => {
  it("describes every field with an example", () => {
    for (const { description, examples: values } of fields) {
      expect(description).toMatch(/\.$/);
      expect(values.length).toBeGreaterThan(0);
    }
  });

  it.each(examples)("and the parser both accept the example %s = %j", (field, value) => {
    const event = { ...SENT, [field]: value };
    expect(wireEventSchema.safeParse(event).success).toBe(true);
    expect(parseWireEvent(event, NOW).ok).toBe(true);
  });

  it.each([
    {},
    { ...SENT, EventType: "" },
    { ...SENT, UserName: "   " },
    { ...SENT, UserName: "a\u0000b" },
    { ...SENT, UserName: "a\ud800b" },
    { ...SENT, ComputerName: "x".repeat(256) },
    { ...SENT, ComputerName: null },
    { ...SENT, Timestamp: "yesterday" },
    { ...SENT, Timestamp: true },
    { ...SENT, EventId: "x".repeat(101) },
    { ...SENT, EventId: "a\nb" },
    { ...SENT, LogonType: 70_000 },
    { ...SENT, LogonType: "ten" },
    { ...SENT, Status: {} },
    { ...SENT, AgentVersion: "x".repeat(256) },
    [],
    null,
    "text",
  ])("and the parser both refuse %j", (event) => {
    expect(wireEventSchema.safeParse(event).success).toBe(false);
    expect(parseWireEvent(event, NOW).ok).toBe(false);
  });

  it("promises nothing that the parser refuses", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.constantFrom("", "7", "-12", "a\u0085"),
    );
    const value = fc.oneof(text, fc.double(), fc.integer(), fc.jsonValue(), fc.constant(null));
    const others = fields.map(({ field }) => field).filter((field) => field !== "Timestamp");
    const event = fc.record(Object.fromEntries(others.map((field) => [field, value])), { requiredKeys: [] });
    let accepted = 0;
    fc.assert(
      fc.property(event, fc.constantFrom(...others), (sent, field) => {
        const single = field in sent ? { ...SENT, [field]: sent[field] } : SENT;
        if (!wireEventSchema.safeParse(single).success) return true;
        accepted += 1;
        return parseWireEvent(single, NOW).ok;
      }),
      { numRuns: 2000 },
    );
    expect(accepted).toBeGreaterThan(200);
  });

  it("can be written as JSON Schema for the API page", () => {
    const schema = z.toJSONSchema(wireEventSchema, { target: "openapi-3.0" });
    expect(schema).toMatchObject({
      type: "object",
      required: ["EventType", "UserName", "ComputerName", "Timestamp"],
      properties: { UserName: { type: "string", minLength: 1, maxLength: 255 } },
    });
  });
});
