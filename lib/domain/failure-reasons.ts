import type { Text, TextKey } from "./text";

/**
 * Windows' NTSTATUS codes of failed logons (event 4625) in plain words, by their eight hex digits in lower case.
 * Source: Microsoft's documentation of event 4625 and of the NTSTATUS values.
 */
export const FAILURE_TEXT: Readonly<Record<string, TextKey>> = {
  c000005e: "failureReasons.noLogonServer",
  c0000022: "failureReasons.accessDenied",
  c0000064: "failureReasons.noSuchUser",
  c000006a: "failureReasons.password",
  c000006c: "failureReasons.passwordPolicy",
  c000006d: "failureReasons.nameOrPassword",
  c000006e: "failureReasons.restriction",
  c000006f: "failureReasons.hours",
  c0000070: "failureReasons.workstation",
  c0000071: "failureReasons.passwordExpired",
  c0000072: "failureReasons.accountDisabled",
  c000009a: "failureReasons.resources",
  c00000dc: "failureReasons.serverState",
  c0000133: "failureReasons.clocks",
  c000015b: "failureReasons.logonType",
  c000018a: "failureReasons.trustSecret",
  c000018b: "failureReasons.computerAccount",
  c000018c: "failureReasons.domainTrust",
  c000018d: "failureReasons.computerTrust",
  c0000192: "failureReasons.netlogon",
  c0000193: "failureReasons.accountExpired",
  c0000224: "failureReasons.mustChange",
  c0000225: "failureReasons.internal",
  c0000234: "failureReasons.lockedOut",
  c00002ee: "failureReasons.logonError",
  c0000371: "failureReasons.noStoredPassword",
  c0000413: "failureReasons.firewall",
};

/** Why an account was refused: eight hex digits of a code in lower case, or one of these where there is none. */
const WITHOUT_CODE = {
  lockout: "failureReasons.lockout",
  none: "failureReasons.noReason",
} as const satisfies Record<string, TextKey>;

const SUCCESS = 0;

/** The code as an unsigned 32-bit number; null for what is none. */
function readCode(value: string | number | null | undefined): number | null {
  const text = String(value ?? "").trim();
  let code = NaN;
  if (/^0x[0-9a-f]{1,8}$/i.test(text) || /^-?[0-9]{1,10}$/.test(text)) code = Number(text);
  // Eight hex digits without 0x; a decimal number of a failure code has ten.
  if (/^c[0-9a-f]{7}$/i.test(text)) code = Number(`0x${text}`);
  return code >= -0x8000_0000 && code <= 0xffff_ffff ? code >>> 0 : null;
}

const hexOf = (code: number) => code.toString(16).padStart(8, "0");

/** A code as sent with its words: `0xC000006A (Incorrect password)`; as it is where it has none; null for no code. */
export function codeInFull(value: string | null): string | Text | null {
  const code = readCode(value);
  const key = code === null ? undefined : FAILURE_TEXT[hexOf(code)];
  if (value === null || key === undefined) return value;
  return { key: "failureReasons.codeInFull", values: { code: value, reason: { key } } };
}

/**
 * The name of the reason for any failure, which addresses carry and {@link reasonText} words: the eight hex digits of
 * the code that decides, in lower case, or `lockout` or `none` of one without a code.
 */
export function reasonName(isLockout: boolean, status: string | null, subStatus: string | null): string {
  return decisiveCode(status, subStatus) ?? (isLockout ? "lockout" : "none");
}

/** A reason by its name; other texts as they are. */
export function reasonText(name: string): Text | string {
  if (Object.hasOwn(WITHOUT_CODE, name)) return { key: WITHOUT_CODE[name as keyof typeof WITHOUT_CODE] };
  return /^[0-9a-f]{8}$/.test(name) ? codeText(name) : name;
}

function codeText(hex: string): Text {
  const key = FAILURE_TEXT[hex];
  if (key !== undefined) return { key };
  return { key: "failureReasons.windowsCode", values: { code: `0x${hex.toUpperCase()}` } };
}

/** An event's failure codes, as eight hex digits in lower case, the finer sub-status first; empty without codes. */
export function failureCodes(
  status: string | number | null | undefined,
  subStatus: string | number | null | undefined,
): string[] {
  const codes = [subStatus, status].map(readCode).filter((code) => code !== null && code !== SUCCESS);
  return codes.map((code) => hexOf(code!));
}

/** Whether a code, as {@link failureCodes} gives it, has words. */
export function isKnownFailure(code: string): boolean {
  return Object.hasOwn(FAILURE_TEXT, code);
}

/**
 * Why a logon failed; null when the event names no code.
 *
 * Takes each code as hex text or as a decimal number, signed or not. The finer sub-status decides where it says
 * something; a code not known here is shown as it is, unless the other one is known.
 */
export function failureReason(
  status: string | number | null | undefined,
  subStatus: string | number | null | undefined,
): Text | null {
  const code = decisiveCode(status, subStatus);
  return code === undefined ? null : codeText(code);
}

function decisiveCode(
  status: string | number | null | undefined,
  subStatus: string | number | null | undefined,
): string | undefined {
  const codes = failureCodes(status, subStatus);
  return codes.find(isKnownFailure) ?? codes[0];
}
