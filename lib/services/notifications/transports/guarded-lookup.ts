import { lookup, type LookupAddress, type LookupOptions } from "node:dns";
import { isIP } from "node:net";
import { env } from "@/lib/env";
import { isInNetworks, isPublicAddress, parseNetworks } from "@/lib/networks";

/** A receiver's address is not one we send to. */
export class BlockedAddress extends Error {
  constructor() {
    super("The address is in a private or reserved network.");
  }
}

/** Whether webhooks may go to an IP address: a public one, or one in a network of WEBHOOK_ALLOWED_NETWORKS. */
export function mayConnectTo(address: string): boolean {
  return isPublicAddress(address) || isInNetworks(address, parseNetworks(env().WEBHOOK_ALLOWED_NETWORKS));
}

/** An address written as numbers is never looked up, so it is judged before. `hostname` as in a URL. */
export function assertHostAllowed(hostname: string): void {
  const bare = hostname.replace(/^\[(.*)\]$/, "$1");
  if (isIP(bare) && !mayConnectTo(bare)) throw new BlockedAddress();
}

type Callback = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void;

/**
 * Resolves a name for the connection that is being made: what is judged is what is connected to. Refused when a single
 * one of its addresses is not allowed.
 */
export function guardedLookup(hostname: string, options: LookupOptions, callback: Callback): void {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, []);
    if (!addresses.every(({ address }) => mayConnectTo(address))) return callback(new BlockedAddress(), []);
    if (options.all) return callback(null, addresses);
    callback(null, addresses[0]!.address, addresses[0]!.family);
  });
}
