/**
 * Windows' NTSTATUS codes of failed logons (event 4625) in plain words, by their eight hex digits in lower case.
 * Source: Microsoft's documentation of event 4625 and of the NTSTATUS values.
 */
export const FAILURE_REASONS: Readonly<Record<string, string>> = {
  c000005e: "No logon server was available",
  c0000022: "Access was denied",
  c0000064: "The user name does not exist",
  c000006a: "The password was wrong",
  c000006c: "The password does not follow the password policy",
  c000006d: "The user name or password was wrong",
  c000006e: "An account restriction prevented the logon",
  c000006f: "The logon is not allowed at this time of day",
  c0000070: "The logon is not allowed from this computer",
  c0000071: "The password has expired",
  c0000072: "The account is disabled",
  c000009a: "The computer was short of resources",
  c00000dc: "The logon server was in the wrong state",
  c0000133: "The clocks of the computer and the domain controller differ too much",
  c000015b: "The account may not log on to this computer in this way",
  c000018a: "The computer has no trust secret for its domain",
  c000018b: "The domain has no account for this computer",
  c000018c: "The trust between the two domains failed",
  c000018d: "The trust between the computer and its domain failed",
  c0000192: "The Netlogon service was not running",
  c0000193: "The account has expired",
  c0000224: "The password must be changed before the first logon",
  c0000225: "Windows met an internal error",
  c0000234: "The account is locked out",
  c00002ee: "An error occurred during the logon",
  c0000371: "The computer has no stored password for the account",
  c0000413: "The account may not log on to this computer (authentication firewall)",
};

export const LOCKED_OUT = "The account was locked out";
export const NO_REASON = "No reason was given";

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

function describe(code: number): string {
  const hex = hexOf(code);
  return FAILURE_REASONS[hex] ?? `Windows code 0x${hex.toUpperCase()}`;
}

/** A code as sent with its words: `0xC000006A (the password was wrong)`; as it is where it has none; null for no code. */
export function codeInFull(value: string | null): string | null {
  const code = readCode(value);
  const words = code === null ? undefined : FAILURE_REASONS[hexOf(code)];
  return words === undefined ? value : `${value} (${words.slice(0, 1).toLowerCase()}${words.slice(1)})`;
}

/** The same for any failure: one without a code has words too. */
export function failureReasonWords(isLockout: boolean, status: string, subStatus: string): string {
  return failureReason(status, subStatus) ?? (isLockout ? LOCKED_OUT : NO_REASON);
}

/** The failure codes that an event names, as eight hex digits in lower case, the finer sub-status first; none for none. */
export function failureCodes(
  status: string | number | null | undefined,
  subStatus: string | number | null | undefined,
): string[] {
  const codes = [subStatus, status].map(readCode).filter((code) => code !== null && code !== SUCCESS);
  return codes.map((code) => hexOf(code!));
}

/** The same codes in words. */
export function failureWords(code: string): string {
  return describe(Number.parseInt(code, 16));
}

/** Whether a code, as {@link failureCodes} gives it, has words. */
export function isKnownFailure(code: string): boolean {
  return Object.hasOwn(FAILURE_REASONS, code);
}

/**
 * Why a logon failed, in plain words; null when the event names no code.
 *
 * Takes each code as hex text or as a decimal number, signed or not. The finer sub-status decides where it says
 * something; a code not known here is shown as it is, unless the other one is known.
 */
export function failureReason(
  status: string | number | null | undefined,
  subStatus: string | number | null | undefined,
): string | null {
  const codes = [subStatus, status]
    .map(readCode)
    .filter((code) => code !== null && code !== SUCCESS) as number[];
  const known = codes.find((code) => Object.hasOwn(FAILURE_REASONS, hexOf(code)));
  const code = known ?? codes[0];
  return code === undefined ? null : describe(code);
}
