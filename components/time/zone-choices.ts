/** A zone's name as people read it: `America/New York`. */
export const zoneWords = (zone: string) => zone.replaceAll("_", " ");

/** For a select. */
export const zoneChoices = (zones: readonly string[]) =>
  zones.map((value) => ({ value, label: zoneWords(value) }));
