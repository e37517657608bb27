import Bowser from "bowser";

/** A browser and its system in words, "Firefox on Windows 10"; what cannot be told is left out. */
export function deviceName(userAgent: string | null): string {
  if (!userAgent) return "Unknown device";
  const { browser, os } = Bowser.parse(userAgent);
  // Windows 11 tells the same version as 10, and other systems' versions say little to a person.
  const system = os.name;
  if (browser.name && system) return `${browser.name} on ${system}`;
  return browser.name || system || "Unknown device";
}
