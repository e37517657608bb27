import Bowser from "bowser";
import type { Text } from "./text";

/** A browser and its system in words, "Firefox on Windows"; what isn't known is left out. */
export function deviceName(userAgent: string | null): string | Text {
  if (!userAgent) return { key: "mails.unknownDevice" };
  const { browser, os } = Bowser.parse(userAgent);
  // Windows 11 tells the same version as 10, and other systems' versions say little to a person.
  const system = os.name;
  if (browser.name && system) return { key: "mails.device", values: { browser: browser.name, system } };
  return browser.name || system || { key: "mails.unknownDevice" };
}
