import { expect, it } from "vitest";
import { assertNameTyped } from "@/lib/services/companies/purge-company";

const isTyped = (typed: string, name: string) => {
  try {
    assertNameTyped(typed, name);
    return true;
  } catch {
    return false;
  }
};

it.each([
  ["Anna Smith", "Anna Smith", true],
  [" Anna Smith ", "Anna Smith", true],
  ["Anna Smith", "Anna  Smith", true],
  ["Andr\u00E9", "Andre\u0301", true],
  ["anna smith", "Anna Smith", false],
  ["AnnaSmith", "Anna Smith", false],
  ["", "Anna", false],
])("takes %j for the name %j as it is shown: %j", (typed, name, is) => {
  expect(isTyped(typed, name)).toBe(is);
});
