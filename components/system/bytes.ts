import { formatFixed } from "@/components/ui/format-number";

const UNITS = ["B", "KiB", "MiB", "GiB", "TiB"];

/** `1.5 GiB`: three digits at most before a larger unit. */
export function formatBytes(bytes: number): string {
  const step = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  const value = bytes / 1024 ** step;
  return `${formatFixed(value, step === 0 || value >= 100 ? 0 : 1)} ${UNITS[step]}`;
}
