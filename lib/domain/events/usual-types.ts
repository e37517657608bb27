import { EVENT_KINDS, KIND_CODE, type EventKind } from "./kinds";

/**
 * What agents call each kind. An event so called is stored without its type, which saves a tenth of a row, so a
 * spelling here never changes.
 */
const USUAL_TYPE: Readonly<Record<EventKind, string | null>> = {
  logon: "Logon",
  unlock: "Unlock",
  remote_connect: "RemoteConnect",
  lock: "Lock",
  remote_disconnect: "RemoteDisconnect",
  logoff: "Logoff",
  sleep: "Sleep",
  shutdown: "Shutdown",
  startup: "Startup",
  wake: "Wake",
  logon_failed: "LogonFailed",
  lockout: "Lockout",
  other: null,
};

/** By the code of the kind; null where every type is stored. */
export const USUAL_TYPE_BY_CODE: readonly (string | null)[] = byCode();

function byCode(): (string | null)[] {
  const types: (string | null)[] = [];
  for (const kind of EVENT_KINDS) types[KIND_CODE[kind]] = USUAL_TYPE[kind];
  return types;
}

/** The type as it is stored: null for the usual one of its kind. */
export function storedEventType(kindCode: number, eventType: string): string | null {
  return eventType === USUAL_TYPE_BY_CODE[kindCode] ? null : eventType;
}
