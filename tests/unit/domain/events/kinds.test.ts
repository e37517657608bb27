import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inEnglish } from "@/lib/english";
import {
  ACTING_KINDS,
  classifyEventType,
  COMPUTER_KINDS,
  COMPUTER_PAUSE_KINDS,
  DECIDING_KINDS,
  END_KINDS,
  EVENT_KINDS,
  FAILURE_KINDS,
  KIND_CODE,
  KIND_TEXT,
  kindFromCode,
  PAUSE_KINDS,
  POWER_KINDS,
  SESSION_KINDS,
  START_KINDS,
  type EventKind,
} from "@/lib/domain/events/kinds";

const EFFECTS = { START_KINDS, PAUSE_KINDS, END_KINDS, COMPUTER_PAUSE_KINDS, POWER_KINDS, FAILURE_KINDS };

/** What the contract calls an effect, and the sets of the kinds that have it. */
const EFFECT_WORDS: readonly (readonly [words: RegExp, sets: readonly (keyof typeof EFFECTS)[]])[] = [
  [/^start$/, ["START_KINDS"]],
  [/^pause$/, ["PAUSE_KINDS"]],
  [/^end$/, ["END_KINDS"]],
  [/^pauses every active session on that computer/, ["COMPUTER_PAUSE_KINDS"]],
  [/^ends every session on that computer/, ["POWER_KINDS"]],
  [/^none; counted in Failed logons$/, ["FAILURE_KINDS"]],
  [/^none( \(.+\))?$/, []],
];

/** The contract's table, so that a slip in the code cannot hide in a shared constant. */
const CONTRACT = contractRows();

function contractRows() {
  const [, section] = readFileSync("docs/domain.md", "utf8").split(/^## 2\. Event kinds$/m);
  const [head, , ...rows] = section!.split(/^## /m)[0]!.match(/^\|.+\|$/gm)!;
  expect(head).toBe("| kind | stored as | accepted spellings (folded) | effect on time |");
  return rows.map((row) => {
    const [kind, code, spellings, effect] = row.slice(2, -2).split(" | ");
    const known = spellings === "anything else" ? [] : spellings!.split(" ");
    return { kind: kind!, code: Number(code), spellings: known, effect: effect! };
  });
}

const PAIRS = CONTRACT.flatMap(({ kind, spellings }) =>
  spellings.map((spelling) => [spelling, kind] as const),
);

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

  it("stores each kind as the contract says, under a code of its own", () => {
    expect(KIND_CODE).toEqual(Object.fromEntries(CONTRACT.map(({ kind, code }) => [kind, code])));
    for (const kind of EVENT_KINDS) expect(kindFromCode(KIND_CODE[kind])).toBe(kind);
    expect(kindFromCode(99)).toBe("other");
    expect(kindFromCode(-1)).toBe("other");
  });

  it("lists the kinds in the contract's order, each with a label", () => {
    expect(CONTRACT.length).toBeGreaterThan(12);
    expect(EVENT_KINDS).toEqual(CONTRACT.map(({ kind }) => kind));
    for (const kind of EVENT_KINDS) expect(inEnglish({ key: KIND_TEXT[kind] })).toMatch(/^[A-Z]/);
  });

  it.each(CONTRACT)("gives $kind the effect that the contract says", ({ kind, effect }) => {
    const names = Object.keys(EFFECTS) as (keyof typeof EFFECTS)[];
    const found = EFFECT_WORDS.find(([words]) => words.test(effect));
    expect(names.filter((name) => EFFECTS[name].has(kind as EventKind))).toEqual(found?.[1]);
  });

  it("knows which kinds act on a computer, on a session, or alone", () => {
    const all = (...sets: ReadonlySet<EventKind>[]) => new Set(sets.flatMap((set) => [...set]));
    expect(COMPUTER_KINDS).toEqual(all(COMPUTER_PAUSE_KINDS, POWER_KINDS));
    expect(SESSION_KINDS).toEqual(all(START_KINDS, PAUSE_KINDS, END_KINDS));
    expect(DECIDING_KINDS).toEqual(all(START_KINDS, END_KINDS));
    expect(ACTING_KINDS).toEqual(all(SESSION_KINDS, COMPUTER_KINDS));
  });
});
