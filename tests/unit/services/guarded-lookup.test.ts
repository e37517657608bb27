import type { LookupAddress } from "node:dns";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { refreshEnv } from "@/lib/env";
import {
  assertHostAllowed,
  BlockedAddress,
  guardedLookup,
  mayConnectTo,
} from "@/lib/services/notifications/transports/guarded-lookup";
import { postGuarded } from "@/lib/services/notifications/transports/post-guarded";

import { openReceiver } from "../../support/receiver";

let answers: LookupAddress[][] = [];
vi.mock("node:dns", async (original) => ({
  ...(await original<typeof import("node:dns")>()),
  lookup: (_: string, __: unknown, callback: (error: null, addresses: LookupAddress[]) => void) =>
    callback(null, answers.shift()!),
}));

function allow(networks: string): void {
  process.env.WEBHOOK_ALLOWED_NETWORKS = networks;
  refreshEnv();
}
beforeEach(() => allow(""));
afterEach(() => {
  delete process.env.WEBHOOK_ALLOWED_NETWORKS;
  refreshEnv();
});

const PUBLIC = { address: "93.184.215.14", family: 4 };
const PRIVATE = { address: "10.1.2.3", family: 4 };
const look = (options: object = {}) =>
  new Promise<unknown>((resolve) =>
    guardedLookup("receiver.example", options, (error, address) => resolve(error ?? address)),
  );

describe("a webhook's address", () => {
  it.each([
    ["93.184.215.14", true],
    ["2606:2800:21f:cb07:6820:80da:af6b:8b2c", true],
    ["127.0.0.1", false],
    ["127.9.9.9", false],
    ["0.0.0.0", false],
    ["10.0.0.1", false],
    ["172.16.0.1", false],
    ["172.31.255.255", false],
    ["192.168.1.1", false],
    ["169.254.169.254", false],
    ["168.63.129.16", false],
    ["168.63.129.17", true],
    ["100.64.0.1", false],
    ["192.0.0.8", false],
    ["198.18.0.1", false],
    ["224.0.0.1", false],
    ["240.0.0.1", false],
    ["255.255.255.255", false],
    ["::", false],
    ["::1", false],
    ["fe80::1", false],
    ["fec0::1", false],
    ["fc00::1", false],
    ["fd00:ec2::254", false],
    ["ff02::1", false],
    ["::ffff:127.0.0.1", false],
    ["::ffff:93.184.215.14", false],
    ["::127.0.0.1", false],
    ["::7f00:1", false],
    ["::a00:1", false],
    ["0:0:0:0:0:0:7f00:1", false],
    ["::2", false],
    ["1000::1", false],
    ["1fff:ffff::1", false],
    ["2000::1", true],
    ["3ffe:ffff::1", true],
    ["4000::1", false],
    ["5f00::1", false],
    ["8000::1", false],
    ["64:ff9b::7f00:1", false],
    ["64:ff9b:1::7f00:1", false],
    ["2002:7f00:1::", false],
    ["2001:0:7f00:1::", false],
    ["2001:db8::1", false],
    ["not an address", false],
  ])("%s is one to connect to: %s", (address, isAllowed) => {
    expect(mayConnectTo(address)).toBe(isAllowed);
  });

  it("may be one inside when its network is named, and only that", () => {
    allow("10.1.0.0/16, fd00::/8");
    expect(mayConnectTo("10.1.2.3")).toBe(true);
    expect(mayConnectTo("::ffff:10.1.2.3")).toBe(true);
    expect(mayConnectTo("10.2.0.1")).toBe(false);
    expect(mayConnectTo("fd12::1")).toBe(true);
    expect(mayConnectTo("127.0.0.1")).toBe(false);
  });

  it.each([
    "http://127.1/",
    "http://0x7f000001/",
    "http://2130706433/",
    "http://[::1]/",
    "http://[::ffff:7f00:1]/",
  ])("written as the number %s is judged as what it is", (url) => {
    expect(() => assertHostAllowed(new URL(url).hostname)).toThrow(BlockedAddress);
  });

  it("is judged by every address its name has", async () => {
    answers = [[PUBLIC, PRIVATE], [PUBLIC], [PUBLIC]];
    expect(await look({ all: true })).toBeInstanceOf(BlockedAddress);
    expect(await look({ all: true })).toEqual([PUBLIC]);
    expect(await look()).toBe(PUBLIC.address);
  });

  it("is judged anew for each connection, so that a name cannot move inside between two looks", async () => {
    answers = [[PUBLIC], [{ address: "127.0.0.1", family: 4 }]];
    expect(await look({ all: true })).toEqual([PUBLIC]);
    const post = {
      headers: {},
      body: "{}",
      signal: new AbortController().signal,
      timeoutMilliseconds: 5_000,
    };
    expect(await postGuarded({ ...post, url: "http://receiver.example/" })).toMatchObject({
      result: "failed",
      status: null,
      note: "The address is in a private or reserved network.",
    });
  });

  it("is never anything but http or https", async () => {
    const post = {
      headers: {},
      body: "{}",
      signal: new AbortController().signal,
      timeoutMilliseconds: 5_000,
    };
    for (const url of ["ftp://93.184.215.14/", "file:///etc/passwd"])
      expect(await postGuarded({ ...post, url })).toMatchObject({ result: "failed", status: null });
  });
});

describe("a receiver that never answers", () => {
  it("has failed once the time is up, and is left", async () => {
    allow("127.0.0.0/8");
    const receiver = await openReceiver();
    receiver.behave(() => undefined);
    const post = {
      headers: {},
      body: "{}",
      signal: new AbortController().signal,
      timeoutMilliseconds: 1_000,
    };
    expect(await postGuarded({ ...post, url: receiver.url })).toMatchObject({
      result: "failed",
      status: null,
      note: "No response within 1 second.",
    });
    expect(receiver.received).toHaveLength(1);
    await receiver.close();
  });
});
