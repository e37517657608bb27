import { parseDocument } from "yaml";
import { beforeEach, expect, it, vi } from "vitest";
import { rulesFileForm } from "@/lib/domain/detections/rule-form";
import { RULES, settingsOf } from "@/lib/domain/detections/rules";
import { MOST_CHARACTERS, readRulesYaml, writeRulesYaml } from "@/lib/domain/detections/rules-yaml";
import { ACTIVE_LOCALES } from "@/lib/domain/locales";
import { wordText } from "@/lib/domain/text";
import { companyNameInput } from "@/lib/services/companies/company-input";
import { readerOf } from "@/lib/texts";

vi.mock("yaml", async (original) => {
  const yaml = await original<typeof import("yaml")>();
  return { ...yaml, parseDocument: vi.fn<typeof yaml.parseDocument>(yaml.parseDocument) };
});
beforeEach(() => void vi.mocked(parseDocument).mockClear());

const isAccepted = (yaml: string) => rulesFileForm.safeParse({ yaml }).success;

it.each(ACTIVE_LOCALES)("takes the longest file that the portal writes in %s", (locale) => {
  const longest = settingsOf(
    RULES.map(({ name, parameters }) => ({
      rule: name,
      isOn: false,
      values: Object.fromEntries(parameters.map(({ name: parameter, most }) => [parameter, most])),
    })),
  );
  const company = "W".repeat(100);
  expect(companyNameInput.safeParse(`${company}W`).success).toBe(false);
  const written = writeRulesYaml(longest, company, (text) => wordText(text, readerOf(locale, "UTC")));
  // A form sends each line's end as two characters.
  const sent = written.replaceAll("\n", "\r\n");
  expect(isAccepted(sent)).toBe(true);
  const { rules, problems } = readRulesYaml(sent);
  expect(problems).toEqual([]);
  expect(rules).toHaveLength(RULES.length);
  // Comments of those who keep it have as much room again.
  expect(sent.length * 2).toBeLessThan(MOST_CHARACTERS);
});

it.each([
  ["one field after another", (index: number) => `${index.toString(36)}:\n`],
  ["nothing but commas", (index: number) => (index === 0 ? "[," : ",")],
  ["comments", () => "# x\n"],
])("never parses a file that is longer, of %s", (_, piece) => {
  const text = Array.from({ length: MOST_CHARACTERS }, (__, index) => piece(index)).join("");
  const [fits, isLonger] = [text.slice(0, MOST_CHARACTERS), text.slice(0, MOST_CHARACTERS + 1)];
  expect(isAccepted(isLonger)).toBe(false);
  expect(readRulesYaml(isLonger)).toEqual({
    rules: [],
    problems: [{ line: 1, field: "", message: { key: "alertErrors.fileTooLong" } }],
  });
  expect(parseDocument).not.toHaveBeenCalled();
  readRulesYaml(fits);
  expect(parseDocument).toHaveBeenCalledOnce();
});

it("leaves the parser no comparing of each field with all others", () => {
  readRulesYaml("rules: {}");
  expect(parseDocument).toHaveBeenCalledWith("rules: {}", expect.objectContaining({ uniqueKeys: false }));
});
