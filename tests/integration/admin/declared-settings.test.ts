import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { auditFieldText } from "@/lib/domain/audit-actions";
import { SETTING_NAMES, SETTINGS, type SettingName } from "@/lib/domain/settings";
import { inEnglish } from "@/lib/english";
import { operatorContext } from "@/lib/services/context";
import { forgetSettings, readSettings } from "@/lib/services/settings/read-settings";
import { settingsInput } from "@/lib/services/settings/settings-input";
import { updateSettings } from "@/lib/services/settings/update-settings";
import { provideOwnDatabase } from "../../support/own-database";

provideOwnDatabase();

beforeAll(() => database().transaction(ensureSettings));

const operator = operatorContext("command line");
const parse = (name: SettingName, sent: string) => settingsInput.safeParse({ [name]: sent, touched: name });
const NUMBERS = SETTING_NAMES.flatMap((name) => {
  const setting = SETTINGS[name];
  return setting.type === "flag" ? [] : [{ name, ...setting }];
});

/** What a form sends of another value than the usual one, with the value. */
function otherThanUsual(name: SettingName): readonly [sent: string, value: boolean | number] {
  const setting = SETTINGS[name];
  if (setting.type === "flag") return [setting.usual ? "" : "on", !setting.usual];
  const value = setting.usual === setting.max ? setting.min : setting.max;
  return [String(value), value];
}

it.each(SETTING_NAMES)(
  "begins as declared, is stored as it is sent, and has words in the trail: %s",
  async (name) => {
    forgetSettings();
    const { usual } = SETTINGS[name];
    expect(await readSettings()).toMatchObject({ [name]: usual });
    const [sent, value] = otherThanUsual(name);
    expect(await updateSettings(operator, settingsInput.parse({ [name]: sent, touched: name }))).toEqual({
      changed: 1,
    });
    expect(await readSettings()).toMatchObject({ [name]: value });
    const [row] = await database().execute(
      sql`select before, after from audit_log where action = 'settings.update' order by seq desc limit 1`,
    );
    expect(row).toEqual({ before: { [name]: usual }, after: { [name]: value } });
    expect(inEnglish(auditFieldText(name))).toMatch(/^[a-z][^A-Z]+/);
  },
);

describe("a number", () => {
  it.each(NUMBERS)("keeps to its bounds: $name", ({ name, min, max }) => {
    for (const value of [min, max]) expect(parse(name, String(value)).data).toEqual({ [name]: value });
    for (const value of [min - 1, max + 1, `${min}.5`, `-${max}`, "many"]) {
      expect(parse(name, String(value)).error?.issues.map(({ path }) => path)).toEqual([[name]]);
    }
  });

  it.each(NUMBERS)("is null when nothing is sent, or must be there: $name", ({ name, type }) => {
    const { success, data } = parse(name, " ");
    expect({ success, data }).toEqual(
      type === "optionalNumber"
        ? { success: true, data: { [name]: null } }
        : { success: false, data: undefined },
    );
  });
});
