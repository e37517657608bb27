import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { editOf } from "@/lib/domain/edit-input";
import { checkbox, lineText, rowId } from "@/lib/domain/form-input";

const schema = editOf({ id: rowId }, { name: lineText(10), isOn: checkbox });

describe("an edit", () => {
  it.each([
    ["nothing touched", { id: "1", name: "old", isOn: "on", touched: "" }, { id: 1 }],
    ["one touched", { id: "1", name: "new", isOn: "on", touched: "name" }, { id: 1, name: "new" }],
    ["a box switched off", { id: "1", name: "old", touched: "isOn" }, { id: 1, isOn: false }],
    [
      "both touched",
      { id: "1", name: "new", isOn: "on", touched: "isOn name" },
      { id: 1, name: "new", isOn: true },
    ],
    ["names that are no fields", { id: "1", touched: "id touched constructor" }, { id: 1 }],
    [
      "an untouched field that would not pass",
      { id: "1", name: "", touched: "isOn" },
      { id: 1, isOn: false },
    ],
  ])("with %s", (_, given, output) => {
    expect(schema.parse(given)).toEqual(output);
  });

  it.each([
    ["touched itself", { kind: "b", detail: "x", touched: "detail" }, { id: 1, detail: "x" }],
    [
      "shown by what was touched",
      { kind: "b", detail: "x", touched: "kind" },
      { id: 1, kind: "b", detail: "x" },
    ],
    ["shown and not touched", { kind: "b", detail: "x", touched: "" }, { id: 1 }],
    ["touched and hidden in the end", { kind: "a", touched: "detail kind" }, { id: 1, kind: "a" }],
  ])("with a field that another one shows, %s", (_, given, output) => {
    const fields = { kind: z.enum(["a", "b"]), detail: lineText(10) };
    expect(editOf({ id: rowId }, fields, { detail: "kind" }).parse({ id: "1", ...given })).toEqual(output);
  });

  it.each([
    ["a touched field that does not pass", { id: "1", name: "", touched: "name" }, ["name"]],
    ["a bad key", { id: "x", touched: "" }, ["id"]],
    ["a form that does not say what was touched", { id: "1", name: "new" }, []],
  ])("refuses %s", (_, given, path) => {
    const parsed = schema.safeParse(given);
    expect(parsed.error?.issues.map((issue) => issue.path)).toEqual([path]);
  });

  it("never holds a field that was not touched, whatever the form sends", () => {
    const names = ["name", "isOn"];
    fc.assert(
      fc.property(
        fc.subarray(names),
        fc.record({ name: fc.string(), isOn: fc.string() }),
        (touched, sent) => {
          const parsed = schema.safeParse({ id: "1", ...sent, touched: touched.join(" ") });
          const held = Object.keys(parsed.data ?? {}).filter((name) => names.includes(name));
          expect(touched).toEqual(expect.arrayContaining(held));
        },
      ),
    );
  });
});
