/**
 * How reasons of failed logons were worded when addresses and saved views carried the words, with their names today.
 * Words that are still in use are absent.
 */
const FORMER_REASONS: Readonly<Record<string, string>> = {
  "No sign-in server was available": "c000005e",
  "Access was denied": "c0000022",
  "The user name does not exist": "c0000064",
  "The password was wrong": "c000006a",
  "The password does not follow the password policy": "c000006c",
  "The user name or password was wrong": "c000006d",
  "An account restriction prevented the sign-in": "c000006e",
  "Sign-in is not allowed at this time of day": "c000006f",
  "The logon is not allowed at this time of day": "c000006f",
  "Sign-in is not allowed from this computer": "c0000070",
  "The logon is not allowed from this computer": "c0000070",
  "The computer was short of resources": "c000009a",
  "The sign-in server was in the wrong state": "c00000dc",
  "The clocks of the computer and the domain controller differ too much": "c0000133",
  "The account may not sign in to this computer in this way": "c000015b",
  "The account may not log on to this computer in this way": "c000015b",
  "The Netlogon service was not running": "c0000192",
  "The password must be changed before the first sign-in": "c0000224",
  "Windows met an internal error": "c0000225",
  "An error occurred during the sign-in": "c00002ee",
  "The account may not sign in to this computer (authentication firewall)": "c0000413",
  "The account may not log on to this computer (authentication firewall)": "c0000413",
  "No reason was given": "none",
};

/** The name of a reason in words that are no longer in use; other texts unchanged. */
export function renamedReason(text: string): string {
  return Object.hasOwn(FORMER_REASONS, text) ? FORMER_REASONS[text]! : text;
}
