import { expect, it } from "vitest";
import { formValues, typedValues } from "@/lib/domain/form-values";

function formOf(...fields: readonly (readonly [string, string | Blob])[]): FormData {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  return form;
}

const file = new Blob(["x"]);

it("gives each field's text by its name, and several under one name as a list in their order", () => {
  const form = formOf(
    ["name", "Contoso"],
    ["role", "b"],
    ["empty", ""],
    ["role", "a"],
    ["$ACTION_REF_1", ""],
    ["__proto__", "p"],
    ["file", file],
    ["both", file],
    ["both", "text"],
  );
  const values = formValues(form);
  expect(Object.entries(values)).toEqual([
    ["name", "Contoso"],
    ["role", ["b", "a"]],
    ["empty", ""],
    ["__proto__", "p"],
    ["both", "text"],
  ]);
});

it("shows what was typed again, but no secrets, and no lists", () => {
  const form = formOf(["name", "n"], ["newPassword", "p"], ["code", "1"], ["role", "a"], ["role", "b"]);
  expect(typedValues(form)).toEqual({ name: "n" });
});

/** A form that counts how often its fields are walked, by any way of asking. */
class CountedForm extends FormData {
  walks = 0;
  override getAll(name: string): FormDataEntryValue[] {
    this.walks += 1;
    return super.getAll(name);
  }
  override get(name: string): FormDataEntryValue | null {
    this.walks += 1;
    return super.get(name);
  }
  override has(name: string): boolean {
    this.walks += 1;
    return super.has(name);
  }
  override entries() {
    this.walks += 1;
    return super.entries();
  }
  override keys() {
    this.walks += 1;
    return super.keys();
  }
}

it("reads a form of thousands of fields once", () => {
  const form = new CountedForm();
  for (let index = 0; index < 5_000; index += 1) form.append(index.toString(36), "");
  expect(Object.keys(formValues(form))).toHaveLength(5_000);
  expect(form.walks).toBe(1);
});
