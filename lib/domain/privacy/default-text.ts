import type { Text } from "../text";

/** What a company tells its people until it has written a text of its own, by paragraphs. */
export function defaultPrivacyTexts(company: string): Text[] {
  return [
    { key: "privacy.defaultPurpose", values: { company } },
    { key: "privacy.defaultLimits" },
    { key: "privacy.defaultReaders", values: { company } },
    { key: "privacy.defaultRights" },
  ];
}
