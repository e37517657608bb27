import { ArrowDownRight, ArrowRight, ArrowUpRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import type { Compared } from "@/lib/domain/reports/company-columns";

interface TrendProps {
  value: Compared;
  /** The figure before, as it is shown: "7 h 32 min". */
  spell: (figure: number) => string;
  /** More of it is bad news: failures. */
  isWorseWhenMore?: boolean;
}

/** How a figure stands to the one before, by arrow and words: "12 % more". */
export function Trend({ value, spell, isWorseWhenMore }: TrendProps) {
  const t = useTranslations("overview");
  const { text, percent, direction } = trendOf(value);
  const Icon = direction > 0 ? ArrowUpRight : direction < 0 ? ArrowDownRight : ArrowRight;
  return (
    <span
      title={t("previously", { figure: spell(value.previous) })}
      className={cn(
        "inline-flex items-center gap-0.5 text-xs whitespace-nowrap text-muted-foreground",
        isWorseWhenMore && direction > 0 && "text-warning-text",
      )}
    >
      <Icon aria-hidden className="size-3.5 shrink-0" />
      {percent === null ? t(text) : t(text, { percent })}
    </span>
  );
}

const MOST_PER_CENT = 999;

type TrendText = { direction: -1 | 0 | 1 } & (
  | { text: "trendSame" | "trendAboutSame" | "trendNoneBefore" | "trendNoneNow"; percent: null }
  | { text: "trendMore" | "trendLess" | "trendMuchMore"; percent: number }
);

/** The text that says it, and which way it went. */
function trendOf({ current, previous }: Compared): TrendText {
  if (current === previous) return { text: "trendSame", percent: null, direction: 0 };
  const direction = current > previous ? 1 : -1;
  if (previous === 0) return { text: "trendNoneBefore", percent: null, direction };
  if (current === 0) return { text: "trendNoneNow", percent: null, direction };
  const percent = Math.round((100 * Math.abs(current - previous)) / previous);
  if (percent === 0) return { text: "trendAboutSame", percent: null, direction: 0 };
  if (percent > MOST_PER_CENT) return { text: "trendMuchMore", percent: MOST_PER_CENT, direction };
  return { text: direction > 0 ? "trendMore" : "trendLess", percent, direction };
}
