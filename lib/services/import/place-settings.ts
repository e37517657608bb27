import { insertDomain, isDomainAllowed } from "@/db/queries/global/import-people";
import { lockSettings, updateSettingsRow, type SettingsRow } from "@/db/queries/global/settings";
import { ERROR_LEVELS } from "@/lib/domain/error-levels";
import { booleanOf, integerOf, textOf, type SourceRow } from "@/lib/domain/import/stored-value";
import { domainInput } from "../settings/settings-input";
import type { StructureWork } from "./import-run";

type TakenSettings = Pick<
  SettingsRow,
  | "allowRegistration"
  | "restrictEmailDomains"
  | "passwordMinLength"
  | "passwordRequireNumbersMixedCase"
  | "passwordRequireSpecialChars"
  | "passwordSafeSpecialChars"
  | "requireMfaForAllUsers"
  | "logLevel"
  | "timeZone"
>;

/** As a first start leaves them (db/schema/settings). */
const UNTOUCHED: TakenSettings = {
  allowRegistration: false,
  restrictEmailDomains: false,
  passwordMinLength: 10,
  passwordRequireNumbersMixedCase: true,
  passwordRequireSpecialChars: false,
  passwordSafeSpecialChars: "!@#$%^&*()-_=+[]{};:,.?/",
  requireMfaForAllUsers: false,
  logLevel: "WARNING",
  timeZone: null,
};

const SHORTEST_PASSWORD = 8;

/** Takes the original's settings over while those here are untouched; changed ones stay. */
export async function placeSettings({ run, tx, tally }: StructureWork): Promise<void> {
  const [row] = await run.database.all("app_auth_settings");
  if (!row) return;
  tally.read = 1;
  const present = await lockSettings(tx);
  const wanted = { ...readSettingsRow(row), timeZone: run.portalZone ?? present.timeZone };
  if (wanted.passwordMinLength > (integerOf(row.password_min_length) ?? 0)) {
    tally.note(`passwords have at least ${wanted.passwordMinLength} characters here`, "password_min_length");
  }
  if (isEqual(present, wanted)) tally.present += 1;
  else if (isEqual(present, UNTOUCHED)) {
    await updateSettingsRow(tx, wanted);
    tally.changed += 1;
  } else tally.skip("the settings here have been changed; unchanged", "settings");
}

function isEqual(a: TakenSettings, b: TakenSettings): boolean {
  return (Object.keys(UNTOUCHED) as (keyof TakenSettings)[]).every((name) => a[name] === b[name]);
}

function readSettingsRow(row: SourceRow): Omit<TakenSettings, "timeZone"> {
  const flag = (column: string, otherwise: boolean) => booleanOf(row[column]) ?? otherwise;
  const length = integerOf(row.password_min_length) ?? UNTOUCHED.passwordMinLength;
  const special = specialCharactersOf(row);
  const level = (textOf(row.log_level) ?? "").toUpperCase();
  return {
    allowRegistration: flag("allow_registration", false),
    restrictEmailDomains: flag("restrict_email_domains", false),
    passwordMinLength: Math.min(Math.max(length, SHORTEST_PASSWORD), 128),
    passwordRequireNumbersMixedCase: flag("password_require_numbers_mixed_case", true),
    passwordRequireSpecialChars: flag("password_require_special_chars", false),
    passwordSafeSpecialChars: special || UNTOUCHED.passwordSafeSpecialChars,
    requireMfaForAllUsers: flag("require_mfa_for_all_users", false),
    logLevel: ERROR_LEVELS.some((known) => known === level) ? level : UNTOUCHED.logLevel,
  };
}

/** Each character once, letters, digits and blanks left out, as the settings' form takes them. */
function specialCharactersOf(row: SourceRow): string {
  const unique = new Set((textOf(row.password_safe_special_chars) ?? "").match(/[\p{P}\p{S}]/gu));
  return [...unique].slice(0, 100).join("");
}

/** Adds the allowed mail domains that are missing, but none that an earlier run knew and that was removed here. */
export async function placeDomains({ run, tx, tally, former }: StructureWork): Promise<void> {
  const rows = await run.database.all("app_auth_allowed_domains");
  tally.read = rows.length;
  for (const row of rows) {
    const stored = textOf(row.domain) ?? "";
    const read = domainInput.safeParse({ domain: stored });
    if (!read.success) {
      tally.skip("is not a domain", stored);
      continue;
    }
    const { domain } = read.data;
    if (await isDomainAllowed(tx, domain)) tally.present += 1;
    else if (former.has("domain", domain)) tally.skip("was removed here; stays removed", domain);
    else {
      await insertDomain(tx, domain);
      tally.written += 1;
    }
    former.remember("domain", domain, null);
  }
}
