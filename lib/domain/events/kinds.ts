import type { TextKey } from "../text";

/** What an event does to time, or that it is a failure, which does nothing to it. */
type Effect = "start" | "pause" | "end" | "pause-computer" | "end-computer" | "failure";

interface Kind {
  /** The number it is stored as; it never changes, and a new kind takes a new one. */
  code: number;
  effect?: Effect;
  /** What agents nearly always call it; an event so called is stored without its type (usual-types.ts). */
  usualType?: string;
  /** Of `EventType`, folded. */
  spellings: string;
}

/** What an event means, in the order of the contract's table, which says the same of each kind. */
const KINDS = {
  logon: {
    code: 1,
    effect: "start",
    usualType: "Logon",
    spellings: "logon login signin loggedon loggedin sessionlogon 4624",
  },
  unlock: {
    code: 2,
    effect: "start",
    usualType: "Unlock",
    spellings: "unlock unlocked sessionunlock workstationunlocked 4801",
  },
  remote_connect: {
    code: 3,
    effect: "start",
    usualType: "RemoteConnect",
    spellings: "remoteconnect sessionreconnect rdpconnect 4778",
  },
  lock: {
    code: 4,
    effect: "pause",
    usualType: "Lock",
    spellings: "lock locked sessionlock workstationlocked 4800",
  },
  remote_disconnect: {
    code: 5,
    effect: "pause",
    usualType: "RemoteDisconnect",
    spellings: "remotedisconnect sessiondisconnect rdpdisconnect 4779",
  },
  logoff: {
    code: 6,
    effect: "end",
    usualType: "Logoff",
    spellings: "logoff logout signout loggedoff loggedout sessionlogoff 4634 4647",
  },
  sleep: { code: 7, effect: "pause-computer", usualType: "Sleep", spellings: "sleep suspend 42 506" },
  shutdown: {
    code: 8,
    effect: "end-computer",
    usualType: "Shutdown",
    spellings: "shutdown systemshutdown restart 1074 4609 6006",
  },
  startup: {
    code: 9,
    effect: "end-computer",
    usualType: "Startup",
    spellings: "startup boot systemstart 4608 6005",
  },
  wake: { code: 10, usualType: "Wake", spellings: "wake resume 107 507" },
  logon_failed: {
    code: 11,
    effect: "failure",
    usualType: "LogonFailed",
    spellings: "logonfailed loginfailed signinfailed failedlogon failedlogin failedsignin logonfailure 4625",
  },
  lockout: {
    code: 12,
    effect: "failure",
    usualType: "Lockout",
    spellings: "lockout accountlocked accountlockout 4740",
  },
  other: { code: 0, spellings: "" },
} as const satisfies Record<string, Kind>;

export type EventKind = keyof typeof KINDS;
export const EVENT_KINDS = Object.keys(KINDS) as readonly EventKind[];

function ofEach<Value>(value: (kind: EventKind) => Value): Readonly<Record<EventKind, Value>> {
  return Object.fromEntries(EVENT_KINDS.map((kind) => [kind, value(kind)])) as Record<EventKind, Value>;
}

function kindsThat(...effects: readonly Effect[]): ReadonlySet<EventKind> {
  const effectOf = (kind: EventKind) => (KINDS[kind] as Kind).effect;
  return new Set(EVENT_KINDS.filter((kind) => effects.some((effect) => effect === effectOf(kind))));
}

export const KIND_CODE = ofEach<number>((kind) => KINDS[kind].code);

export const KIND_TEXT = ofEach((kind) => `eventKinds.${kind}` satisfies TextKey);

/** Null where every type is stored. */
export const KIND_USUAL_TYPE = ofEach((kind) => (KINDS[kind] as Kind).usualType ?? null);

/** Open an active stretch of the named account on the named computer. */
export const START_KINDS = kindsThat("start");
/** Close the active stretch and begin a pause. */
export const PAUSE_KINDS = kindsThat("pause");
/** Close the active stretch or the pause. */
export const END_KINDS = kindsThat("end");
/** Act on every account of the computer, even if the event names one. */
export const COMPUTER_KINDS = kindsThat("pause-computer", "end-computer");
/** Of those: end every session on the computer. */
export const POWER_KINDS = kindsThat("end-computer");
/** Of those: pause every session on the computer. */
export const COMPUTER_PAUSE_KINDS = kindsThat("pause-computer");
/** Concern one account on one computer. */
export const SESSION_KINDS = kindsThat("start", "pause", "end");
/** Decide alone, whatever came before, whether an account is on a computer; a pause depends on what it pauses. */
export const DECIDING_KINDS = kindsThat("start", "end");
/** Have an effect on time. */
export const ACTING_KINDS: ReadonlySet<EventKind> = new Set([...SESSION_KINDS, ...COMPUTER_KINDS]);
/** Belong to the failed-authentication report and have no effect on time. */
export const FAILURE_KINDS = kindsThat("failure");

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
