import type { Text, TextKey } from "../text";

/** Windows' logon types (event 4624 and 4625) in plain words. Source: Microsoft's documentation of event 4624. */
const LOGON_TYPE_TEXT: Readonly<Record<number, TextKey>> = {
  0: "logonTypes.system",
  2: "logonTypes.interactive",
  3: "logonTypes.network",
  4: "logonTypes.task",
  5: "logonTypes.service",
  7: "logonTypes.unlock",
  8: "logonTypes.networkCleartext",
  9: "logonTypes.newCredentials",
  10: "logonTypes.remoteDesktop",
  11: "logonTypes.cachedInteractive",
  12: "logonTypes.cachedRemote",
  13: "logonTypes.cachedUnlock",
};

/** The types that have words. */
export const LOGON_TYPE_NUMBERS: readonly number[] = Object.keys(LOGON_TYPE_TEXT).map(Number);

/** The type in words, such as "Remote Desktop"; a number that is not known stays a number. */
export function logonTypeText(type: number): Text {
  const key = LOGON_TYPE_TEXT[type];
  return key ? { key } : { key: "logonTypes.other", values: { type: String(type) } };
}

/** The same with its number: `Remote Desktop (10)`. */
export function logonTypeInFull(type: number): string | Text {
  const key = LOGON_TYPE_TEXT[type];
  return key ? { key: "logonTypes.inFull", values: { name: { key }, type: String(type) } } : String(type);
}
