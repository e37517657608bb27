import { ArrowDownRight, ArrowRight, ArrowUpRight } from "lucide-react";
import { cn } from "@/components/ui/cn";
import type { Compared } from "@/lib/domain/reports/company-columns";

interface TrendProps {
  value: Compared;
  /** The figure before, as it is shown: "7 h 32 min". */
  spell: (figure: number) => string;
  /** More of it is bad news: failures. */
  isWorseWhenMore?: boolean;
  className?: string;
}

/** How a figure stands to the one before, by arrow and words: "12 % more". */
export function Trend({ value, spell, isWorseWhenMore, className }: TrendProps) {
  const { words, direction } = trendOf(value);
  const Icon = direction > 0 ? ArrowUpRight : direction < 0 ? ArrowDownRight : ArrowRight;
  return (
    <span
      title={`${spell(value.previous)} in the time before`}
      className={cn(
        "inline-flex items-center gap-0.5 text-xs whitespace-nowrap text-muted-foreground",
        isWorseWhenMore && direction > 0 && "text-warning-text",
        className,
      )}
    >
      <Icon aria-hidden className="size-3.5 shrink-0" />
      {words}
    </span>
  );
}

const MOST_PER_CENT = 999;

/** In words, and which way it went. */
export function trendOf({ current, previous }: Compared): { words: string; direction: -1 | 0 | 1 } {
  if (current === previous)
    return { words: current === 0 ? "none before either" : "as before", direction: 0 };
  const direction = current > previous ? 1 : -1;
  if (previous === 0) return { words: "none before", direction };
  if (current === 0) return { words: "none now", direction };
  const perCent = Math.round((100 * Math.abs(current - previous)) / previous);
  if (perCent === 0) return { words: "about as before", direction };
  const size = perCent > MOST_PER_CENT ? `over ${MOST_PER_CENT}` : String(perCent);
  return { words: `${size} % ${direction > 0 ? "more" : "less"}`, direction };
}
