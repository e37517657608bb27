import type { SeenEvent } from "./rule";

/** At the keyboard, unlocking, by Remote Desktop, and at the keyboard with a remembered password. */
const AT_DESK = new Set([2, 7, 10, 11]);

/** Whether a person was at the computer: a logon of such a type, an unlock, or a Remote Desktop reconnect. */
export function isAtDesk({ kind, logonType }: SeenEvent): boolean {
  if (kind === "unlock" || kind === "remote_connect") return true;
  return kind === "logon" && logonType !== null && AT_DESK.has(logonType);
}
