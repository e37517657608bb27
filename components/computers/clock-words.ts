import { formatDuration } from "@/components/time/format";

/** "Clock 2 h 0 min ahead", of milliseconds ahead of the server, below zero behind. */
export function clockWords(skewMs: number): string {
  return `Clock ${formatDuration(Math.abs(skewMs) / 1000)} ${skewMs > 0 ? "ahead" : "behind"}`;
}
