import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { inEnglish } from "@/lib/english";
import { ofEachSetting, SETTINGS, SETTING_NAMES, type SettingPart } from "@/lib/domain/settings";
import { companies } from "@/db/schema/companies";
import { settings } from "@/db/schema/settings";

const guide = readFileSync("docs/operations.md", "utf8");

function rowsOfTable(): string[][] {
  const [, after] = guide.split(
    "| part | setting | default | from–to | left blank |\n|---|---|---|---|---|\n",
  );
  const [table] = after!.split("\n\n");
  return table!.split("\n").map((row) =>
    row
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim()),
  );
}

const PARTS = {
  signIn: "settings.signIn",
  passwords: "settings.passwords",
  sessions: "settings.sessions",
  time: "settings.time",
  records: "settings.records",
  backups: "settings.backups",
} as const satisfies Record<SettingPart, string>;

const cells = ofEachSetting({
  flag: ({ usual }) => [usual ? "on" : "off", "", ""],
  number: ({ usual, min, max }) => [String(usual), `${min}–${max}`, "not allowed"],
  optionalNumber: ({ usual, min, max, none }) => [
    usual === null ? "blank" : String(usual),
    `${min}–${max}`,
    inEnglish({ key: none }).toLowerCase(),
  ],
});

it("docs/operations.md lists every declared setting with its default, its bounds, and what blank means", () => {
  expect(rowsOfTable()).toEqual(
    SETTING_NAMES.map((name) => [
      inEnglish({ key: PARTS[SETTINGS[name].part] }),
      inEnglish({ key: SETTINGS[name].label }),
      ...cells[name],
    ]),
  );
});

it("docs/operations.md states the defaults of settings that are no flag or number of the portal", () => {
  const silent = Number(companies.silentAfterMinutes.default).toLocaleString("en");
  expect(guide).toContain(`**Silent after** is each company's own: ${silent} minutes by default`);
  expect(guide).toContain(
    `the minimum log level of the stored error log (\`${String(settings.logLevel.default)}\`)`,
  );
});
