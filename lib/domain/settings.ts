import type { TextKey } from "./text";

/** The parts of the settings form, in its order. */
export type SettingPart = "signIn" | "passwords" | "sessions" | "time" | "records" | "backups";

interface Shown {
  part: SettingPart;
  label: TextKey;
  note?: TextKey;
}

/** On or off. */
export interface FlagSetting extends Shown {
  type: "flag";
  usual: boolean;
}

/** A whole number from `min` to `max`. */
export interface NumberSetting extends Shown {
  type: "number";
  usual: number;
  min: number;
  max: number;
}

/** A whole number from `min` to `max`, or null for none; `none` is what the empty field says. */
export interface OptionalNumberSetting extends Shown {
  type: "optionalNumber";
  usual: number | null;
  min: number;
  max: number;
  none: TextKey;
}

export type Setting = FlagSetting | NumberSetting | OptionalNumberSetting;

/**
 * The portal's settings that are a flag or a number. Their columns, validation, names in the audit trail, and fields in
 * the form follow from this; a part of the form has them in this order.
 */
export const SETTINGS = {
  allowRegistration: {
    type: "flag",
    usual: false,
    part: "signIn",
    label: "settings.allowRegistration",
    note: "settings.allowRegistrationNote",
  },
  restrictEmailDomains: { type: "flag", usual: false, part: "signIn", label: "settings.restrictDomains" },
  requireMfaForAllUsers: {
    type: "flag",
    usual: false,
    part: "signIn",
    label: "settings.requireTwoFactor",
    note: "settings.requireTwoFactorNote",
  },
  passwordMinLength: {
    type: "number",
    usual: 10,
    min: 8,
    max: 128,
    part: "passwords",
    label: "settings.minLength",
  },
  passwordRequireNumbersMixedCase: {
    type: "flag",
    usual: true,
    part: "passwords",
    label: "settings.mixedCase",
  },
  passwordRequireSpecialChars: {
    type: "flag",
    usual: false,
    part: "passwords",
    label: "settings.specialCharacter",
  },
  sessionIdleMinutes: {
    type: "number",
    usual: 480,
    min: 5,
    max: 10_080,
    part: "sessions",
    label: "settings.idleMinutes",
  },
  sessionAbsoluteHours: {
    type: "number",
    usual: 24,
    min: 1,
    max: 720,
    part: "sessions",
    label: "settings.absoluteHours",
  },
  rememberMeDays: {
    type: "number",
    usual: 30,
    min: 1,
    max: 365,
    part: "sessions",
    label: "settings.rememberDays",
  },
  longestSessionHours: {
    type: "number",
    usual: 16,
    min: 1,
    max: 168,
    part: "time",
    label: "settings.longestSession",
    note: "settings.longestSessionNote",
  },
  eventRetentionDays: retention(null, "settings.eventDays"),
  errorRetentionDays: retention(90, "settings.errorDays"),
  auditRetentionDays: retention(null, "settings.auditDays"),
  /** How many scheduled backups are kept; older ones are deleted. */
  backupKeepCount: {
    type: "number",
    usual: 7,
    min: 1,
    max: 365,
    part: "backups",
    label: "settings.backupCount",
    note: "settings.backupCountNote",
  },
} as const satisfies Record<string, Setting>;

/** Days kept; null keeps forever. */
function retention(usual: number | null, label: TextKey): OptionalNumberSetting {
  return {
    type: "optionalNumber",
    usual,
    min: 1,
    max: 36_500,
    part: "records",
    label,
    none: "settings.forever",
  };
}

export type SettingName = keyof typeof SETTINGS;
export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

type Maker<Type extends Setting["type"]> = (
  setting: Extract<Setting, { type: Type }>,
  name: SettingName,
) => unknown;
type Makers = { [Type in Setting["type"]]: Maker<Type> };

/** What makers give for each setting, by its type. */
export type OfEachSetting<Make extends Makers> = {
  [Name in SettingName]: ReturnType<Make[(typeof SETTINGS)[Name]["type"]]>;
};

/** Makes something of each setting, by its type. */
export function ofEachSetting<Make extends Makers>(makers: Make): OfEachSetting<Make> {
  const made = SETTING_NAMES.map((name) => {
    const setting = SETTINGS[name];
    return [name, (makers[setting.type] as Maker<Setting["type"]>)(setting as never, name)];
  });
  return Object.fromEntries(made) as OfEachSetting<Make>;
}
