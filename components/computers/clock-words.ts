import type { useTranslations } from "next-intl";
import { formatDuration } from "@/components/time/format";

type T = ReturnType<typeof useTranslations<"computerHealth">>;

/** "Clock 2 h 0 min ahead", of milliseconds ahead of the server, below zero behind. */
export function clockWords(t: T, skewMs: number): string {
  const duration = formatDuration(Math.abs(skewMs) / 1000);
  return skewMs > 0 ? t("clockAhead", { duration }) : t("clockBehind", { duration });
}
