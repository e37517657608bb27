import { z } from "zod";

export interface Sender {
  name: string;
  address: string;
}

const addressText = z.email().max(254);

/** Whether mail can be sent to a text as it stands: one address, without a name and without anything hidden in it. */
export function isMailAddress(text: string): boolean {
  return addressText.safeParse(text).success;
}

/** "address" or "Name <address>", on one line; null for everything else. */
export function parseSender(text: string): Sender | null {
  if (/\p{Cc}/u.test(text)) return null;
  const [, name = "", inner] = /^\s*(.*?)\s*<([^<>]+)>\s*$/.exec(text) ?? [];
  const address = (inner ?? text).trim();
  const bare = name.replace(/^"(.*)"$/, "$1").trim();
  return isMailAddress(address) && !/[<>"]/.test(bare) ? { name: bare, address } : null;
}

/** What is behind the @, in lower case. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1).toLowerCase();
}

/** The addresses without those that differ from an earlier one in case alone: hardly any mail server tells them apart. */
export function mailboxesOf(addresses: readonly string[]): string[] {
  const known = new Set<string>();
  return addresses.filter((address) => {
    const key = address.toLowerCase();
    return !known.has(key) && known.add(key);
  });
}
