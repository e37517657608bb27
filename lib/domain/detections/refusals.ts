import { isKnownFailure } from "../failure-reasons";
import type { SeenEvent } from "./rule";

const WRONG_PASSWORD = new Set(["c000006a", "c000006d"]);
const UNKNOWN_NAME = "c0000064";
/** Service and unlock: a service with an old password, or a person at a locked screen, guesses nothing. */
const NO_GUESSES = new Set([5, 7]);
/** Disabled, outside permitted hours, not from this computer, expired, kept out by the firewall or by the kind of logon. */
const UNUSABLE = new Set(["c0000072", "c000006f", "c0000070", "c0000193", "c0000413", "c000015b"]);

function decisiveCode({ codes }: SeenEvent): string | undefined {
  return codes.find(isKnownFailure) ?? codes[0];
}

function mayBeGuess(event: SeenEvent): boolean {
  return event.kind === "logon_failed" && !(event.logonType !== null && NO_GUESSES.has(event.logonType));
}

/** A refusal for a wrong password. One without any code counts, because older agents send none. */
export function isWrongPassword(event: SeenEvent): boolean {
  const code = decisiveCode(event);
  return mayBeGuess(event) && (code === undefined || WRONG_PASSWORD.has(code));
}

/** The same, or for a name that doesn't exist. */
export function isWrongPasswordOrName(event: SeenEvent): boolean {
  return isWrongPassword(event) || (mayBeGuess(event) && isUnknownName(event));
}

/** A refusal because no account has the name. */
export function isUnknownName(event: SeenEvent): boolean {
  return event.kind === "logon_failed" && decisiveCode(event) === UNKNOWN_NAME;
}

/** The codes of an event that say that the account may not be used; none for other refusals. */
export function unusableCodes({ kind, codes }: SeenEvent): string[] {
  return kind === "logon_failed" ? codes.filter((code) => UNUSABLE.has(code)) : [];
}
