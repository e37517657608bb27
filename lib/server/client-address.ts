import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import ipaddr from "ipaddr.js";
import { LRUCache } from "lru-cache";
import { env } from "@/lib/env";
import { isInNetworks, parseNetworks, type Network } from "@/lib/networks";
import { processState } from "@/lib/process-state";

export const CLIENT_ADDRESS_HEADER = "x-winauthmon-client";

// server.ts vouches for the address it hands to Next with a token only this process knows.
const { token } = processState("address-token", () => ({ token: randomBytes(16).toString("hex") }));

/** Addresses come again with each request of a connection, and reading one costs as much as reading a short body. */
const KEPT_ADDRESSES = 10_000;

let trusted: { text: string; networks: Network[]; has: LRUCache<string, boolean> } | undefined;

function trustedProxies() {
  const text = env().TRUSTED_PROXIES;
  if (trusted?.text !== text)
    trusted = { text, networks: parseNetworks(text), has: new LRUCache({ max: KEPT_ADDRESSES }) };
  return trusted;
}

function remembered(read: (address: string) => string): (address: string) => string {
  const answers = new LRUCache<string, string>({ max: KEPT_ADDRESSES });
  return (address) => {
    let answer = answers.get(address);
    if (answer === undefined) answers.set(address, (answer = read(address)));
    return answer;
  };
}

/** Plain spelling: an IPv4 address inside an IPv6 one is taken out, so that it matches its IPv4 network. */
const normalise = remembered((address) =>
  ipaddr.isValid(address) ? ipaddr.process(address).toString() : address,
);

export function isTrustedProxy(address: string): boolean {
  const { networks, has } = trustedProxies();
  if (networks.length === 0) return false;
  let isOne = has.get(address);
  if (isOne === undefined) has.set(address, (isOne = isInNetworks(address, networks)));
  return isOne;
}

/**
 * The client behind a chain of forwarders: going back from our own peer, the first that TRUSTED_PROXIES does not
 * name. A direct client is its own peer, whatever headers it sends.
 */
export function resolveClientAddress(peer: string, forwardedFor: string | undefined): string {
  const chain = (forwardedFor ?? "")
    .split(",")
    .map((entry) => entry.trim())
    .filter(Boolean);
  let client = normalise(peer);
  while (isTrustedProxy(client) && chain.length > 0) {
    const previous = stripPort(chain.pop()!);
    if (!ipaddr.isValid(previous)) break;
    client = normalise(previous);
  }
  return client;
}

function stripPort(entry: string): string {
  return entry.replace(/^\[(.*)\](:\d+)?$/, "$1").replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1");
}

/** The address of the client behind a request to server.ts, as its own headers and peer tell it. */
export function clientAddressOfRequest(req: IncomingMessage): string {
  const forwardedFor = req.headers["x-forwarded-for"];
  const text = Array.isArray(forwardedFor) ? forwardedFor.join(",") : forwardedFor;
  return resolveClientAddress(req.socket.remoteAddress ?? "unknown", text);
}

/**
 * Rewrites the forwarding headers of a request before Next sees it, so that only what a trusted proxy said counts.
 * Returns the client's address.
 */
export function settleForwardedHeaders(req: IncomingMessage, isHttps: boolean): string {
  const client = clientAddressOfRequest(req);
  if (!isTrustedProxy(req.socket.remoteAddress ?? "unknown")) {
    for (const name of ["forwarded", "x-forwarded-host", "x-forwarded-port", "x-real-ip"])
      delete req.headers[name];
    req.headers["x-forwarded-proto"] = isHttps ? "https" : "http";
  } else req.headers["x-forwarded-proto"] ??= isHttps ? "https" : "http";
  req.headers["x-forwarded-for"] = client;
  req.headers[CLIENT_ADDRESS_HEADER] = `${token} ${client}`;
  return client;
}

/**
 * The client's address inside Next. Without server.ts in front no peer's address is vouched for: then the hosting's
 * forwarded address counts only when TRUSTED_PROXIES is set, and is "unknown" otherwise.
 */
export function clientAddressOf(headers: { get(name: string): string | null }): string {
  const [vouched, address] = (headers.get(CLIENT_ADDRESS_HEADER) ?? "").split(" ");
  if (vouched === token && address) return address;
  const { networks } = trustedProxies();
  const forwarded = headers.get("x-forwarded-for")?.split(",").at(-1)?.trim();
  return networks.length > 0 && forwarded ? normalise(forwarded) : "unknown";
}

/** The name a client is counted under: an IPv6 host owns its whole /64, so its addresses count as one. */
export const limitNameOf = remembered((address) => {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === "ipv4") return parsed.toString();
  return `${parsed.toNormalizedString().split(":").slice(0, 4).join(":")}::/64`;
});
