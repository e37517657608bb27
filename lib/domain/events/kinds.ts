/** What an event means, in the order of the contract's table of kinds. */
export const EVENT_KINDS = [
  "logon",
  "unlock",
  "remote_connect",
  "lock",
  "remote_disconnect",
  "logoff",
  "sleep",
  "shutdown",
  "startup",
  "wake",
  "logon_failed",
  "lockout",
  "other",
] as const;

export type EventKind = (typeof EVENT_KINDS)[number];

/** The number each kind is stored as. Codes are for ever: a new kind takes a new number. */
export const KIND_CODE = {
  other: 0,
  logon: 1,
  unlock: 2,
  remote_connect: 3,
  lock: 4,
  remote_disconnect: 5,
  logoff: 6,
  sleep: 7,
  shutdown: 8,
  startup: 9,
  wake: 10,
  logon_failed: 11,
  lockout: 12,
} as const satisfies Record<EventKind, number>;

export const KIND_LABEL: Readonly<Record<EventKind, string>> = {
  logon: "Logon",
  unlock: "Unlock",
  remote_connect: "Remote connect",
  lock: "Lock",
  remote_disconnect: "Remote disconnect",
  logoff: "Logoff",
  sleep: "Sleep",
  shutdown: "Shutdown",
  startup: "Startup",
  wake: "Wake",
  logon_failed: "Failed logon",
  lockout: "Account lockout",
  other: "Other",
};

/** Open an active stretch of the named account on the named computer. */
export const START_KINDS: ReadonlySet<EventKind> = new Set<EventKind>(["logon", "unlock", "remote_connect"]);
/** Close the active stretch and begin a pause. */
export const PAUSE_KINDS: ReadonlySet<EventKind> = new Set<EventKind>(["lock", "remote_disconnect"]);
/** Close the active stretch or the pause. */
export const END_KINDS: ReadonlySet<EventKind> = new Set<EventKind>(["logoff"]);
/** Act on every account of the computer, whoever is named. */
export const COMPUTER_KINDS: ReadonlySet<EventKind> = new Set<EventKind>(["sleep", "shutdown", "startup"]);
/** Of those: end every session on the computer. */
export const POWER_KINDS: ReadonlySet<EventKind> = new Set<EventKind>(["shutdown", "startup"]);
/** Of those: pause every session on the computer. */
export const COMPUTER_PAUSE_KINDS: ReadonlySet<EventKind> = new Set<EventKind>(["sleep"]);
/** Concern one account on one computer. */
export const SESSION_KINDS: ReadonlySet<EventKind> = new Set([...START_KINDS, ...PAUSE_KINDS, ...END_KINDS]);
/** Decide alone, whatever came before, whether an account is on a computer; a pause depends on what it pauses. */
export const DECIDING_KINDS: ReadonlySet<EventKind> = new Set([...START_KINDS, ...END_KINDS]);
/** Have an effect on time. */
export const ACTING_KINDS: ReadonlySet<EventKind> = new Set([...SESSION_KINDS, ...COMPUTER_KINDS]);
/** Belong to the failed-authentication report and have no effect on time. */
export const FAILURE_KINDS: ReadonlySet<EventKind> = new Set<EventKind>(["logon_failed", "lockout"]);

/** The codes of the kinds, ascending. */
export function codesOf(kinds: Iterable<EventKind>): number[] {
  return [...kinds].map((kind) => KIND_CODE[kind]).toSorted((a, b) => a - b);
}

const SPELLINGS: Readonly<Record<Exclude<EventKind, "other">, string>> = {
  logon: "logon login signin loggedon loggedin sessionlogon 4624",
  unlock: "unlock unlocked sessionunlock workstationunlocked 4801",
  remote_connect: "remoteconnect sessionreconnect rdpconnect 4778",
  lock: "lock locked sessionlock workstationlocked 4800",
  remote_disconnect: "remotedisconnect sessiondisconnect rdpdisconnect 4779",
  logoff: "logoff logout signout loggedoff loggedout sessionlogoff 4634 4647",
  sleep: "sleep suspend 42 506",
  shutdown: "shutdown systemshutdown restart 1074 4609 6006",
  startup: "startup boot systemstart 4608 6005",
  wake: "wake resume 107 507",
  logon_failed: "logonfailed loginfailed signinfailed failedlogon failedlogin failedsignin logonfailure 4625",
  lockout: "lockout accountlocked accountlockout 4740",
};

const KIND_BY_SPELLING: ReadonlyMap<string, EventKind> = new Map(
  EVENT_KINDS.flatMap((kind) =>
    kind === "other"
      ? []
      : SPELLINGS[kind].split(" ").map((spelling): [string, EventKind] => [spelling, kind]),
  ),
);

const KIND_BY_CODE: ReadonlyMap<number, EventKind> = new Map(
  EVENT_KINDS.map((kind) => [KIND_CODE[kind], kind]),
);

/** The kind a stored code stands for; a code of no kind known here reads as "other". */
export function kindFromCode(code: number): EventKind {
  return KIND_BY_CODE.get(code) ?? "other";
}

const CACHE_LIMIT = 512;
// Longer than any spelling an agent would repeat, so that hostile texts are never kept in memory.
const CACHED_LENGTH_LIMIT = 64;
const cache = new Map<string, EventKind>();

/**
 * The kind of a raw `EventType`, matched without regard to case and to anything but letters and digits.
 *
 * Letters of every script count as letters, so a foreign word around a known one stays "other".
 */
export function classifyEventType(raw: string): EventKind {
  const known = cache.get(raw);
  if (known !== undefined) return known;
  const folded = raw
    .normalize("NFC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{Nd}]/gu, "");
  const kind = KIND_BY_SPELLING.get(folded) ?? "other";
  if (raw.length <= CACHED_LENGTH_LIMIT) {
    if (cache.size >= CACHE_LIMIT) cache.clear();
    cache.set(raw, kind);
  }
  return kind;
}
