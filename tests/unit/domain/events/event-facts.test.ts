import { describe, expect, test } from "vitest";
import { inEnglish } from "@/lib/english";
import { eventFacts, failureSource } from "@/lib/domain/events/event-facts";

const nothing = {
  kind: "logon",
  status: null,
  subStatus: null,
  sourceIp: null,
  localIp: "10.0.0.5",
  logonType: null,
} as const;
const failed = { ...nothing, kind: "logon_failed" } as const;

describe("what an event tells besides its kind", () => {
  test.each([
    ["nothing of a logon without a type", nothing, ""],
    ["the type of a logon", { ...nothing, logonType: 10 }, "Remote Desktop"],
    [
      "reason, source and type of a failure",
      { ...failed, status: "0xC000006D", subStatus: "0xC000006A", sourceIp: "203.0.113.9", logonType: 3 },
      "Incorrect password · from 203.0.113.9 · Over the network",
    ],
    [
      "the name of a product as it is written",
      { ...failed, subStatus: "0xc0000064", sourceIp: "203.0.113.9", logonType: 10 },
      "The username doesn't exist · from 203.0.113.9 · Remote Desktop",
    ],
    ["that no reason was given", { ...failed, localIp: null }, "No reason given"],
    [
      "a lockout without a code",
      { ...nothing, kind: "lockout", sourceIp: "-" } as const,
      "The account was locked out · from 10.0.0.5",
    ],
  ])("says %s", (_, event, words) => expect(eventFacts(event).map(inEnglish).join(" · ")).toBe(words));
});

test.each([
  ["203.0.113.9", "10.0.0.5", "203.0.113.9"],
  [" - ", "10.0.0.5", "10.0.0.5"],
  ["", null, null],
  [null, "10.0.0.5", "10.0.0.5"],
  ["127.0.0.1", "10.0.0.5", "10.0.0.5"],
  ["::1", "10.0.0.5", "10.0.0.5"],
  ["127.0.0.1", null, null],
  ["127.0.0.10", "10.0.0.5", "127.0.0.10"],
])("the source of %j at %j is %j", (sourceIp, localIp, source) =>
  expect(failureSource({ sourceIp, localIp })).toBe(source),
);
