import type { IncomingMessage } from "node:http";
import { afterEach, expect, test } from "vitest";
import { refreshEnv } from "@/lib/env";
import {
  clientAddressOf,
  limitNameOf,
  resolveClientAddress,
  settleForwardedHeaders,
} from "@/lib/server/client-address";

function trust(proxies: string): void {
  process.env.TRUSTED_PROXIES = proxies;
  refreshEnv();
}

afterEach(() => trust(""));

const request = (peer: string, headers: Record<string, string>) =>
  ({ socket: { remoteAddress: peer }, headers: { ...headers } }) as unknown as IncomingMessage;

test("a direct client cannot choose its address, host or scheme", () => {
  const req = request("203.0.113.5", {
    "x-forwarded-for": "10.0.0.1",
    "x-real-ip": "10.0.0.1",
    forwarded: "for=10.0.0.1",
    "x-forwarded-host": "evil.example",
    "x-forwarded-proto": "https",
    "x-winauthmon-client": "guess 10.0.0.1",
  });
  expect(settleForwardedHeaders(req, false)).toBe("203.0.113.5");
  expect(req.headers).toMatchObject({ "x-forwarded-for": "203.0.113.5", "x-forwarded-proto": "http" });
  expect(req.headers["x-forwarded-host"]).toBeUndefined();
  expect(clientAddressOf(new Headers(req.headers as Record<string, string>))).toBe("203.0.113.5");
});

test("a vouched address with another token is not believed", () => {
  expect(clientAddressOf(new Headers({ "x-winauthmon-client": "guess 10.0.0.1" }))).toBe("unknown");
});

test.each([
  ["10.0.0.2", "198.51.100.7", "198.51.100.7"],
  ["10.0.0.2", "1.2.3.4, 198.51.100.7", "198.51.100.7"],
  ["10.0.0.2", "1.2.3.4, 198.51.100.7, 10.9.9.9", "198.51.100.7"],
  ["::ffff:10.0.0.2", "198.51.100.7:4711", "198.51.100.7"],
  ["10.0.0.2", "[2001:db8::1]:4711", "2001:db8::1"],
  ["10.0.0.2", "not an address", "10.0.0.2"],
  ["10.0.0.2", undefined, "10.0.0.2"],
  ["192.0.2.1", "198.51.100.7", "192.0.2.1"],
])("behind proxies of 10.0.0.0/8, %s forwarding %j is %s", (peer, forwarded, client) => {
  trust("10.0.0.0/8");
  expect(resolveClientAddress(peer, forwarded)).toBe(client);
});

test("the addresses of one IPv6 host are counted as one", () => {
  expect(limitNameOf("2001:db8:1:2::1")).toBe(limitNameOf("2001:db8:1:2:ffff::9"));
  expect(limitNameOf("2001:db8:1:2::1")).not.toBe(limitNameOf("2001:db8:1:3::1"));
  expect(limitNameOf("::ffff:192.0.2.1")).toBe("192.0.2.1");
  expect(limitNameOf("192.0.2.1")).not.toBe(limitNameOf("192.0.2.2"));
});
