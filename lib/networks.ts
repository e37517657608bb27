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

/** Whether anybody on the internet may have the address: not private, loopback, link-local, carrier's, mapped or reserved. */
export function isPublicAddress(address: string): boolean {
  return (
    ipaddr.isValid(address) &&
    ipaddr.parse(address).range() === "unicast" &&
    address !== AZURE_PLATFORM_ADDRESS
  );
}
