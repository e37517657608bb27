/** Windows' logon types (event 4624 and 4625) in plain words. Source: Microsoft's documentation of event 4624. */
const LOGON_TYPES: Readonly<Record<number, string>> = {
  0: "System start",
  2: "At the computer",
  3: "Over the network",
  4: "Scheduled task",
  5: "Service",
  7: "Unlock",
  8: "Over the network, password in plain text",
  9: "Run as another user",
  10: "Remote Desktop",
  11: "At the computer, with stored credentials",
  12: "Remote Desktop, with stored credentials",
  13: "Unlock, with stored credentials",
};

/** The types that have words. */
export const LOGON_TYPE_NUMBERS: readonly number[] = Object.keys(LOGON_TYPES).map(Number);

/** The type in words, such as "Remote Desktop"; a number that is not known stays a number. */
export function logonTypeWords(type: number): string {
  return LOGON_TYPES[type] ?? `Logon type ${type}`;
}

/** The same with its number: `Remote Desktop (10)`. */
export function logonTypeInFull(type: number): string {
  return type in LOGON_TYPES ? `${LOGON_TYPES[type]} (${type})` : String(type);
}
