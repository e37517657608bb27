import type { TextKey } from "../text";

/**
 * What an event means, in the order of the contract's table: the number it is stored as, its name, and the spellings of
 * `EventType`, folded. Codes never change: a new kind takes a new number.
 */
const KINDS = {
  logon: { code: 1, spellings: "logon login signin loggedon loggedin sessionlogon 4624" },
  unlock: { code: 2, spellings: "unlock unlocked sessionunlock workstationunlocked 4801" },
  remote_connect: {
    code: 3,

    spellings: "remoteconnect sessionreconnect rdpconnect 4778",
  },
  lock: { code: 4, spellings: "lock locked sessionlock workstationlocked 4800" },
  remote_disconnect: {
    code: 5,

    spellings: "remotedisconnect sessiondisconnect rdpdisconnect 4779",
  },
  logoff: {
    code: 6,

    spellings: "logoff logout signout loggedoff loggedout sessionlogoff 4634 4647",
  },
  sleep: { code: 7, spellings: "sleep suspend 42 506" },
  shutdown: { code: 8, spellings: "shutdown systemshutdown restart 1074 4609 6006" },
  startup: { code: 9, spellings: "startup boot systemstart 4608 6005" },
  wake: { code: 10, spellings: "wake resume 107 507" },
  logon_failed: {
    code: 11,

    spellings: "logonfailed loginfailed signinfailed failedlogon failedlogin failedsignin logonfailure 4625",
  },
  lockout: { code: 12, spellings: "lockout accountlocked accountlockout 4740" },
  other: { code: 0, spellings: "" },
} as const;

export type EventKind = keyof typeof KINDS;
export const EVENT_KINDS = Object.keys(KINDS) as readonly EventKind[];

function ofEach<Value>(value: (kind: EventKind) => Value): Readonly<Record<EventKind, Value>> {
  return Object.fromEntries(EVENT_KINDS.map((kind) => [kind, value(kind)])) as Record<EventKind, Value>;
}

export const KIND_CODE = ofEach<number>((kind) => KINDS[kind].code);

export const KIND_TEXT = {
  logon: "eventKinds.logon",
  unlock: "eventKinds.unlock",
  remote_connect: "eventKinds.remote_connect",
  lock: "eventKinds.lock",
  remote_disconnect: "eventKinds.remote_disconnect",
  logoff: "eventKinds.logoff",
  sleep: "eventKinds.sleep",
  shutdown: "eventKinds.shutdown",
  startup: "eventKinds.startup",
  wake: "eventKinds.wake",
  logon_failed: "eventKinds.logon_failed",
  lockout: "eventKinds.lockout",
  other: "eventKinds.other",
} as const satisfies Record<EventKind, TextKey>;

/** Open an active stretch of the named account on the named computer. */
export const START_KINDS: ReadonlySet<EventKind> = new Set<EventKind>(["logon", "unlock", "remote_connect"]);
/** Close the active stretch and begin a pause. */
export const PAUSE_KINDS: ReadonlySet<EventKind> = new Set<EventKind>(["lock", "remote_disconnect"]);
/** Close the active stretch or the pause. */
export const END_KINDS: ReadonlySet<EventKind> = new Set<EventKind>(["logoff"]);
/** Act on every account of the computer, even if the event names one. */
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

const KIND_BY_SPELLING: ReadonlyMap<string, EventKind> = new Map(
  EVENT_KINDS.flatMap((kind) =>
    KINDS[kind].spellings
      .split(" ")
      .filter((spelling) => spelling !== "")
      .map((spelling): [string, EventKind] => [spelling, kind]),
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
