import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inEnglish } from "@/lib/english";
import {
  classifyEventType,
  COMPUTER_KINDS,
  END_KINDS,
  EVENT_KINDS,
  FAILURE_KINDS,
  KIND_CODE,
  KIND_TEXT,
  kindFromCode,
  PAUSE_KINDS,
  START_KINDS,
} from "@/lib/domain/events/kinds";

/** The contract's table, written out again so that a slip in the code cannot hide in a shared constant. */
const CONTRACT: [string, string[]][] = [
  ["logon", ["logon", "login", "signin", "loggedon", "loggedin", "sessionlogon", "4624"]],
  ["unlock", ["unlock", "unlocked", "sessionunlock", "workstationunlocked", "4801"]],
  ["remote_connect", ["remoteconnect", "sessionreconnect", "rdpconnect", "4778"]],
  ["lock", ["lock", "locked", "sessionlock", "workstationlocked", "4800"]],
  ["remote_disconnect", ["remotedisconnect", "sessiondisconnect", "rdpdisconnect", "4779"]],
  ["logoff", ["logoff", "logout", "signout", "loggedoff", "loggedout", "sessionlogoff", "4634", "4647"]],
  ["sleep", ["sleep", "suspend", "42", "506"]],
  ["shutdown", ["shutdown", "systemshutdown", "restart", "1074", "4609", "6006"]],
  ["startup", ["startup", "boot", "systemstart", "4608", "6005"]],
  ["wake", ["wake", "resume", "107", "507"]],
  [
    "logon_failed",
    [
      "logonfailed",
      "loginfailed",
      "signinfailed",
      "failedlogon",
      "failedlogin",
      "failedsignin",
      "logonfailure",
      "4625",
    ],
  ],
  ["lockout", ["lockout", "accountlocked", "accountlockout", "4740"]],
];

const PAIRS = CONTRACT.flatMap(([kind, spellings]) => spellings.map((spelling) => [spelling, kind] as const));

describe("event kinds", () => {
  it.each(PAIRS)("reads %s as %s", (spelling, kind) => {
    expect(classifyEventType(spelling)).toBe(kind);
    expect(classifyEventType(spelling.toUpperCase())).toBe(kind);
  });

  it("ignores case and everything that is neither a letter nor a digit", () => {
    const noise = fc.constantFrom(" ", "-", "_", ".", "/", "\t", "(", "!", "\u200B", "\u00A0");
    fc.assert(
      fc.property(
        fc.constantFrom(...PAIRS),
        fc.array(fc.tuple(noise, fc.boolean()), { minLength: 20, maxLength: 20 }),
        ([spelling, kind], decoration) => {
          const raw = [...spelling]
            .map((char, index) => {
              const [mark, isUpper] = decoration[index % decoration.length]!;
              return mark + (isUpper ? char.toUpperCase() : char);
            })
            .join("");
          expect(classifyEventType(`${raw} `)).toBe(kind);
        },
      ),
    );
  });

  it.each([
    "",
    " ",
    "---",
    "Coffee",
    "logonx",
    "xlogon",
    "46244",
    "logon 4624",
    "логон",
    "logonログ",
    "constructor",
    "__proto__",
  ])("reads %j as other", (raw) => {
    expect(classifyEventType(raw)).toBe("other");
  });

  it("gives the same answer from the cache and however many other texts came between", () => {
    expect(classifyEventType("Sign-In")).toBe("logon");
    for (let index = 0; index < 3000; index += 1) expect(classifyEventType(`noise ${index} x`)).toBe("other");
    expect(classifyEventType("Sign-In")).toBe("logon");
    expect(classifyEventType("-".repeat(10_000) + "lock")).toBe("lock");
  });

  it("keeps each kind's stored code", () => {
    expect(KIND_CODE).toEqual({
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
    });
    for (const kind of EVENT_KINDS) expect(kindFromCode(KIND_CODE[kind])).toBe(kind);
    expect(kindFromCode(99)).toBe("other");
    expect(kindFromCode(-1)).toBe("other");
  });

  it("lists the kinds in the contract's order, each with a label and at most one effect", () => {
    expect(EVENT_KINDS).toEqual([...CONTRACT.map(([kind]) => kind), "other"]);
    const effects = [START_KINDS, PAUSE_KINDS, END_KINDS, COMPUTER_KINDS, FAILURE_KINDS];
    for (const kind of EVENT_KINDS) {
      expect(inEnglish({ key: KIND_TEXT[kind] })).toMatch(/^[A-Z]/);
      const isWithoutEffect = kind === "other" || kind === "wake";
      expect(effects.filter((set) => set.has(kind))).toHaveLength(isWithoutEffect ? 0 : 1);
    }
  });
});
