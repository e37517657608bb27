import ipaddr from "ipaddr.js";

export type Network = ReturnType<typeof ipaddr.parseCIDR>;

/** Addresses and CIDRs between commas or blanks. @throws Error for anything else. */
export function parseNetworks(text: string): Network[] {
  return text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((entry) =>
      ipaddr.parseCIDR(entry.includes("/") ? entry : `${entry}/${entry.includes(":") ? 128 : 32}`),
    );
}

/** Whether the address is in one of the networks; an IPv4 address inside an IPv6 one counts as what it is. */
export function isInNetworks(address: string, networks: readonly Network[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return networks.some(([network, bits]) => parsed.kind() === network.kind() && parsed.match(network, bits));
}

/** Public by its number, but each virtual machine on Azure reaches its own host's services at it. */
const AZURE_PLATFORM_ADDRESS = "168.63.129.16";

/** All of IPv6 that is given out. What lies beside it reaches hosts inside too, such as ::7f00:1, which is 127.0.0.1. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR("2000::/3");

/** Whether anybody on the internet may have the address: not private, loopback, link-local, carrier's, mapped or reserved. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address) || address === AZURE_PLATFORM_ADDRESS) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== "unicast") return false;
  return !(parsed instanceof ipaddr.IPv6) || parsed.match(GLOBAL_IPV6);
}
