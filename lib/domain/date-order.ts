/** Which part of a date a reader expects first: `25 May 2025`, `May 25, 2025` or `2025-05-25`. */
export type DateOrder = "dmy" | "mdy" | "ymd";

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
