/** Which part of a date a reader expects first: `25 May 2025`, `May 25, 2025` or `2025-05-25`. */
export type DateOrder = "dmy" | "mdy" | "ymd";

export type Paper = "a4" | "letter";

/** Where people print on Letter: the United States, Canada, Mexico and some of their neighbors. */
const LETTER_REGIONS = new Set([
  "US",
  "CA",
  "MX",
  "PR",
  "GT",
  "SV",
  "NI",
  "CR",
  "PA",
  "CO",
  "VE",
  "CL",
  "PH",
]);

/** The paper of the region that a browser asks for first; A4 where it names none. */
export function paperOf(acceptLanguage: string | null | undefined): Paper {
  const [, region] = /^[a-z]{2,3}(?:-[a-z]{4})?-([a-z]{2})\b/i.exec(acceptLanguage?.trim() ?? "") ?? [];
  return region && LETTER_REGIONS.has(region.toUpperCase()) ? "letter" : "a4";
}

/** The order of the language a browser asks for first; day first where it asks for none that is known. */
export function dateOrderOf(acceptLanguage: string | null | undefined): DateOrder {
  const [wanted = ""] = (acceptLanguage ?? "").split(/[,;]/);
  try {
    const parts = new Intl.DateTimeFormat(wanted.trim() || "en-GB").formatToParts(0).map(({ type }) => type);
    if (parts.indexOf("year") < parts.indexOf("month")) return "ymd";
    return parts.indexOf("month") < parts.indexOf("day") ? "mdy" : "dmy";
  } catch {
    return "dmy";
  }
}
