"use client";

import { formatNumber } from "@/components/ui/format-number";
import { useTranslations } from "next-intl";
import { Suspense, use, type ReactNode } from "react";
import { formatDuration } from "@/components/time/format";
import { Skeleton } from "@/components/ui/skeleton";
import type { Compared } from "@/lib/domain/reports/company-columns";
import { Trend } from "./trend";

const spellCount = (count: number) => formatNumber(count);
const spellHours = (seconds: number) => formatDuration(Math.round(seconds));

/** Null when the hours could not be counted. */
export type ComingHours = Promise<Compared | null>;

interface CountProps {
  value: Compared;
  isWorseWhenMore?: boolean;
  /** Around the number: a link to what it counts. */
  wrap?: (shown: ReactNode) => ReactNode;
}

/** A count and its trend. */
export function Count({ value, isWorseWhenMore, wrap = (shown) => shown }: CountProps) {
  return (
    <span className="inline-flex flex-col items-end leading-tight max-md:flex-row max-md:flex-wrap max-md:items-baseline max-md:gap-x-2">
      <span className="tabular">{wrap(spellCount(value.current))}</span>
      <Trend value={value} spell={spellCount} isWorseWhenMore={isWorseWhenMore} />
    </span>
  );
}

interface HoursProps {
  hours: ComingHours;
  wrap?: CountProps["wrap"];
}

/** Hours take longer to count than the rest of the page: their place is kept until they come. */
export function Hours(props: HoursProps) {
  return (
    <Suspense fallback={<Skeleton className="inline-block h-8 w-24" />}>
      <KnownHours {...props} />
    </Suspense>
  );
}

function KnownHours({ hours, wrap = (shown) => shown }: HoursProps) {
  const t = useTranslations("overview");
  const value = use(hours);
  if (!value) return <span className="text-xs text-destructive-text">{t("hoursFailed")}</span>;
  return (
    <span className="inline-flex flex-col items-end leading-tight max-md:flex-row max-md:flex-wrap max-md:items-baseline max-md:gap-x-2">
      <span className="tabular whitespace-nowrap">{wrap(spellHours(value.current))}</span>
      <Trend value={value} spell={spellHours} />
    </span>
  );
}
