import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { Fragment } from "react";
import { cn } from "./cn";

export interface Crumb {
  label: string;
  /** Absent on the page one is on. */
  href?: string;
}

export function Breadcrumb({ crumbs, className }: { crumbs: readonly Crumb[]; className?: string }) {
  const t = useTranslations("ui");
  return (
    <nav aria-label={t("breadcrumb")} data-slot="breadcrumb" className={cn("min-w-0", className)}>
      <ol className="flex min-w-0 items-center gap-1.5 text-sm text-muted-foreground">
        {crumbs.map((crumb, index) => {
          const isLast = index === crumbs.length - 1;
          return (
            <Fragment key={`${crumb.href ?? ""}:${crumb.label}`}>
              <li
                className={cn(
                  "min-w-0",
                  isLast
                    ? "text-foreground max-sm:line-clamp-2 max-sm:leading-tight max-sm:wrap-anywhere sm:truncate"
                    : "hidden truncate sm:block",
                )}
              >
                {crumb.href && !isLast ? (
                  <Link href={crumb.href} className="rounded-sm hover:text-foreground hover:underline">
                    {crumb.label}
                  </Link>
                ) : (
                  <span aria-current={isLast ? "page" : undefined}>{crumb.label}</span>
                )}
              </li>
              {!isLast && (
                <li aria-hidden role="presentation" className="hidden sm:block">
                  <ChevronRight className="size-3.5" />
                </li>
              )}
            </Fragment>
          );
        })}
      </ol>
    </nav>
  );
}
