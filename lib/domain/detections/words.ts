const MINUTE = 60_000;

/** "less than a minute", "4 minutes", "3 hours": rounded up to whole minutes or, from two on, whole hours. */
export function durationWords(milliseconds: number): string {
  if (milliseconds < MINUTE) return "less than a minute";
  const minutes = Math.ceil(milliseconds / MINUTE);
  if (minutes < 120) return minutes === 1 ? "1 minute" : `${minutes} minutes`;
  return `${Math.ceil(minutes / 60)} hours`;
}

/** "1 failed logon", "7 failed logons". */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : several}`;
}

/** A value of a rule with its unit: "1 refused logon", "10 minutes", "24 hours" for 1,440 minutes. */
export function parameterWords(value: number, unit: string): string {
  if (unit === "minutes" && value % 60 === 0) return counted(value / 60, "hour");
  return value === 1 && unit.endsWith("s")
    ? `1 ${unit.slice(0, -1)}`
    : `${value.toLocaleString("en")} ${unit}`;
}

/** "on PC-1", "on PC-1, PC-2 and 3 more"; empty for none. */
export function onComputers(names: readonly string[], word: "on" | "to" = "on"): string {
  if (names.length === 0) return "";
  const shown = names.slice(0, 2);
  const left = names.length - shown.length;
  if (left > 0) return ` ${word} ${shown.join(", ")} and ${left} more`;
  return ` ${word} ${shown.join(" and ")}`;
}

export const fromAddress = (address: string | null) => (address === null ? "" : ` from ${address}`);
