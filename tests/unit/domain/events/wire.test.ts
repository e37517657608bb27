import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nameKey, parseWireEvent, type WireEvent } from "@/lib/domain/events/wire";

const NOW = Date.UTC(2025, 5, 1, 12);

const SENT = {
  EventType: "Logon",
  UserName: "john.doe",
  ComputerName: "WS-01",
  Timestamp: "2025-05-25T14:30:00Z",
};

function accept(fields: Record<string, unknown>): WireEvent {
  const result = parseWireEvent({ ...SENT, ...fields }, NOW);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.event;
}

function refuse(value: unknown): string[] {
  const result = parseWireEvent(value, NOW);
  return result.ok ? [] : result.errors.map((error) => `${error.field}|${error.message}`);
}

describe("an accepted event", () => {
  it("carries every field, normalised", () => {
    const sent = JSON.parse(`{
      "EventType": " Sign-In ", "UserName": "\\u00a0CONTOSO\\\\John.Doe\\n", "ComputerName": "Ws-01",
      "Timestamp": "2025-06-01T13:06:00.1234567+01:00", "LocalIP": "10.0.0.5", "PublicIP": "203.0.113.7",
      "IPAddress": "10.9.9.9", "SourceIP": "::1", "retry": 3, "EventId": " e-1 ", "LogonType": "10",
      "Status": "0xC000006D", "SubStatus": 3221225578, "SessionId": 2, "AgentVersion": "2.1.0", "Mood": {"a": [1]}
    }`);
    expect(parseWireEvent(sent, NOW)).toEqual({
      ok: true,
      event: {
        kind: "logon",
        kindCode: 1,
        eventType: "Sign-In",
        userName: "CONTOSO\\John.Doe",
        userKey: "contoso\\john.doe",
        computerName: "Ws-01",
        computerKey: "ws-01",
        occurredAt: Date.UTC(2025, 5, 1, 12, 6, 0, 123),
        isClockSkewed: true,
        localIp: "10.0.0.5",
        publicIp: "203.0.113.7",
        sourceIp: "::1",
        retry: 3,
        agentEventId: "e-1",
        logonType: 10,
        status: "0xC000006D",
        subStatus: "3221225578",
        sessionId: "2",
        agentVersion: "2.1.0",
      },
    });
  });

  it("needs only the four required fields", () => {
    expect(accept({})).toEqual({
      kind: "logon",
      kindCode: 1,
      eventType: "Logon",
      userName: "john.doe",
      userKey: "john.doe",
      computerName: "WS-01",
      computerKey: "ws-01",
      occurredAt: Date.UTC(2025, 4, 25, 14, 30),
      isClockSkewed: false,
      localIp: null,
      publicIp: null,
      sourceIp: null,
      retry: 0,
      agentEventId: null,
      logonType: null,
      status: null,
      subStatus: null,
      sessionId: null,
      agentVersion: null,
    });
  });

  it("keeps an unknown type as other", () => {
    expect(accept({ EventType: "Coffee ☕" })).toMatchObject({
      kind: "other",
      kindCode: 0,
      eventType: "Coffee ☕",
    });
  });

  it.each([
    ["255 letters", "a".repeat(255)],
    ["255 characters outside the basic plane", "😀".repeat(255)],
    ["255 characters within white space", ` \u3000${"é".repeat(255)}\u0085\t`],
  ])("takes a name of %s", (_, name) => {
    expect([...accept({ UserName: name }).userName]).toHaveLength(255);
  });

  it("reads null as absent in every optional field", () => {
    const optional = [
      "LocalIP",
      "PublicIP",
      "IPAddress",
      "SourceIP",
      "retry",
      "EventId",
      "LogonType",
      "Status",
    ];
    const more = ["SubStatus", "SessionId", "AgentVersion"];
    const nulls = Object.fromEntries([...optional, ...more].map((field) => [field, null]));
    const empty = Object.fromEntries([...optional, ...more].map((field) => [field, ""]));
    expect(accept(nulls)).toEqual(accept({}));
    expect(accept(empty)).toEqual(accept({}));
  });
});

describe("addresses are never a reason to refuse", () => {
  it.each([
    ["10.0.0.5", "10.0.0.5"],
    [" fe80::1%eth0 ", " fe80::1%eth0 "],
    ["not an address <b>", "not an address <b>"],
    [167772165, "167772165"],
    ["", null],
    ["  ", null],
    ["\u0000\u0000", null],
    ["10.0\u0000.0.5\u009f\r\n", "10.0.0.5"],
    ["a\ud800b\udc00c", "abc"],
    ["😀\ud83d", "😀"],
    [true, null],
    [{ a: 1 }, null],
    [["10.0.0.5"], null],
    ["x".repeat(300), "x".repeat(255)],
    ["😀".repeat(300), "😀".repeat(255)],
  ])("reads %j as %j", (sent, stored) => {
    expect(accept({ LocalIP: sent })).toMatchObject({ localIp: stored });
    expect(accept({ PublicIP: sent, SourceIP: sent })).toMatchObject({ publicIp: stored, sourceIp: stored });
  });

  it("takes IPAddress for the local address only when LocalIP says nothing", () => {
    expect(accept({ IPAddress: "10.1.1.1" }).localIp).toBe("10.1.1.1");
    expect(accept({ IPAddress: "10.1.1.1", LocalIP: "" }).localIp).toBe("10.1.1.1");
    expect(accept({ IPAddress: "10.1.1.1", LocalIP: null }).localIp).toBe("10.1.1.1");
    expect(accept({ IPAddress: "10.1.1.1", LocalIP: "10.2.2.2" }).localIp).toBe("10.2.2.2");
  });
});

describe("retry is never a reason to refuse", () => {
  it.each([
    [0, 0],
    [-0, 0],
    [1, 1],
    [7, 7],
    [32767, 32767],
    [32768, 32767],
    [1e300, 32767],
    ["12", 12],
    [" 12 ", 12],
    ["0", 0],
    ["99999999999999999999999999", 32767],
    [true, 1],
    [false, 0],
    ["true", 1],
    ["yes", 1],
    ["No", 0],
    ["FALSE", 0],
    [" ", 0],
    [-3, 1],
    [0.5, 1],
    ["-3", 1],
    ["1.5", 1],
    [null, 0],
    [undefined, 0],
    [{}, 1],
    [[], 1],
  ])("reads %j as %j", (sent, stored) => {
    expect(accept({ retry: sent }).retry).toBe(stored);
  });
});

describe("a refused event", () => {
  it.each([[null], [undefined], ["text"], [5], [true], [[]], [[SENT]]])(
    "says that %j is no object",
    (value) => {
      expect(refuse(value)).toEqual(["|The event must be a JSON object"]);
    },
  );

  it("reports every bad field, not only the first", () => {
    expect(refuse({})).toEqual([
      "EventType|EventType is required",
      "UserName|UserName is required",
      "ComputerName|ComputerName is required",
      "Timestamp|Timestamp is required",
    ]);
    const bad = { EventType: 4624, UserName: "a\u0000b", ComputerName: "x".repeat(256), Timestamp: "now" };
    const details = {
      EventId: true,
      LogonType: "ten",
      Status: {},
      SubStatus: [],
      SessionId: false,
      AgentVersion: {},
    };
    expect(refuse({ ...bad, ...details }).map((error) => error.split("|")[0])).toEqual([
      ...Object.keys(bad),
      ...Object.keys(details),
    ]);
  });

  it.each([
    ["UserName", undefined, "is required"],
    ["UserName", null, "is required"],
    ["UserName", "", "is required"],
    ["UserName", " \t\u00a0\u3000\u0085", "is required"],
    ["ComputerName", 5, "must be text"],
    ["ComputerName", ["WS-01"], "must be text"],
    ["ComputerName", { toString: "x" }, "must be text"],
    ["EventType", false, "must be text"],
    ["UserName", "a".repeat(256), "must be at most 255 characters"],
    ["UserName", "😀".repeat(256), "must be at most 255 characters"],
    ["UserName", "a\u0000b", "must not contain control characters"],
    ["UserName", "a\nb", "must not contain control characters"],
    ["UserName", "a\u007fb", "must not contain control characters"],
    ["EventType", "a\u0085b", "must not contain control characters"],
    ["ComputerName", "a\ud800", "must be well-formed Unicode text"],
    ["ComputerName", "\udc00a", "must be well-formed Unicode text"],
    ["EventId", "x".repeat(101), "must be at most 100 characters"],
    ["EventId", "a\u0001b", "must not contain control characters"],
    ["EventId", 1.5, "must be text or a whole number below 2^53"],
    ["EventId", 2 ** 53, "must be text or a whole number below 2^53"],
    ["EventId", {}, "must be text or a whole number below 2^53"],
    ["LogonType", 1.5, "must be a whole number from -32768 to 32767"],
    ["LogonType", 32768, "must be a whole number from -32768 to 32767"],
    ["LogonType", "-32769", "must be a whole number from -32768 to 32767"],
    ["LogonType", "0x3", "must be a whole number from -32768 to 32767"],
    ["LogonType", true, "must be a whole number from -32768 to 32767"],
    ["LogonType", [3], "must be a whole number from -32768 to 32767"],
    ["Status", true, "must be text or a number"],
    ["AgentVersion", "x".repeat(256), "must be at most 255 characters"],
  ])("names %s = %j", (field, value, message) => {
    expect(refuse({ ...SENT, [field]: value })).toEqual([`${field}|${field} ${message}`]);
  });

  it.each([
    ["EventId", 118_204, "agentEventId", "118204"],
    ["EventId", "   ", "agentEventId", null],
    ["LogonType", "-32768", "logonType", -32768],
    ["LogonType", -0, "logonType", 0],
    ["LogonType", " 10 ", "logonType", 10],
    ["Status", " 0x0\u0000 ", "status", "0x0"],
    ["SessionId", -1, "sessionId", "-1"],
    ["SubStatus", "\u0007", "subStatus", null],
  ])("but not %s = %j", (field, value, key, stored) => {
    expect(accept({ [field]: value })).toMatchObject({ [key]: stored });
  });
});

describe("hostile objects", () => {
  it("reads own properties only", () => {
    expect(refuse(Object.create(SENT))).toHaveLength(4);
    expect(refuse(JSON.parse(`{"__proto__": ${JSON.stringify(SENT)}}`))).toHaveLength(4);
  });

  it("takes fields called __proto__ or constructor as any other unknown field", () => {
    const text = `{"__proto__": {"retry": 5}, "constructor": 1, "hasOwnProperty": 2, ${JSON.stringify(SENT).slice(1)}`;
    expect(parseWireEvent(JSON.parse(text), NOW)).toEqual({ ok: true, event: accept({}) });
  });

  it("answers anything with either an event whose texts can be stored or an error", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: "grapheme" }),
      fc.constant("a\ud800"),
    );
    const value = fc.oneof(text, fc.jsonValue(), fc.double());
    const texts = ["UserName", "ComputerName", "EventType", "LocalIP", "PublicIP", "SourceIP", "IPAddress"];
    const rest = ["retry", "EventId", "LogonType", "Status", "SubStatus", "SessionId", "AgentVersion"];
    const fields = fc.record(Object.fromEntries([...texts, ...rest].map((field) => [field, value])), {
      requiredKeys: [],
    });
    const isStorable = (item: unknown) =>
      typeof item !== "string" || (!/[\p{Cc}\p{Cs}]/u.test(item) && [...item].length <= 255);
    fc.assert(
      fc.property(fields, (sent) => {
        const result = parseWireEvent({ ...SENT, ...sent }, NOW);
        const { userKey, computerKey, ...stored } = result.ok ? result.event : accept({});
        expect(result.ok || result.errors.length > 0).toBe(true);
        expect(Object.values(stored).every(isStorable) && userKey !== "" && computerKey !== "").toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe("nameKey", () => {
  it.each([
    ["John.Doe", "JOHN.DOE"],
    ["ws-01", "WS-01"],
    ["Zoë", "ZOE\u0308"],
    ["ΣΊΣΥΦΟΣ", "σίσυφος"],
    ["Ångström", "\u212Bngström"],
    ["ǰ", "J\u030C"],
    ["ИВАН", "иван"],
  ])("holds %j and %j for the same", (one, other) => {
    expect(nameKey(one)).toBe(nameKey(other));
  });

  it.each([
    ["john", "jöhn"],
    ["straße", "strasse"],
    ["a b", "ab"],
  ])("keeps %j and %j apart", (one, other) => {
    expect(nameKey(one)).not.toBe(nameKey(other));
  });

  it("is settled after one pass and blind to case and composition", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (name) => {
        const key = nameKey(name);
        expect(nameKey(key)).toBe(key);
        expect(nameKey(name.normalize("NFD"))).toBe(key);
        expect(nameKey(name.toLowerCase())).toBe(key);
      }),
    );
  });
});
