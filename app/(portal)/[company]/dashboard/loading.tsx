import { useTranslations } from "next-intl";
import { Skeleton } from "@/components/ui/skeleton";

/** The dashboard's shape before its numbers. */
export default function DashboardLoading() {
  const t = useTranslations("dashboard");
  return (
    <div aria-busy className="grid gap-4">
      <output className="sr-only">{t("loading")}</output>
      <Skeleton className="h-7 w-48" />
      <div className="grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-6">
        {Array.from({ length: 6 }, (_, index) => (
          <Skeleton key={index} className="h-26" />
        ))}
      </div>
      <div className="grid gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid gap-4">
          <Skeleton className="h-28" />
          <Skeleton className="h-96" />
        </div>
        <Skeleton className="h-96" />
      </div>
    </div>
  );
}
