import { ChevronLeft, ChevronRight } from "lucide-react";
import { Link } from "@/components/ui/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { buttonVariants } from "./button";
import { cn } from "./cn";

interface PageLinkProps {
  /** Absent when there is no such page: the link is shown, dimmed and out of reach. */
  href?: string;
  /** With an address, which is then for other tabs, or without. */
  onClick?: () => void;
  children: ReactNode;
}

function PageLink({ href, onClick, children }: PageLinkProps) {
  const className = cn(buttonVariants({ variant: "outline", size: "sm" }));
  if (href) {
    return (
      <Link href={href} onStep={onClick} scroll={false} className={className}>
        {children}
      </Link>
    );
  }
  return (
    <button type="button" className={className} disabled={!onClick} onClick={onClick}>
      {children}
    </button>
  );
}

/** The way to the pages before and after, as links, and where this one stands. */
export function Pagination({
  previous,
  next,
  position,
  previousLabel,
  nextLabel,
  className,
}: {
  previous?: Omit<PageLinkProps, "children">;
  next?: Omit<PageLinkProps, "children">;
  position?: string;
  previousLabel?: string;
  nextLabel?: string;
  className?: string;
}) {
  const t = useTranslations("ui");
  return (
    <nav
      aria-label={t("pages")}
      data-slot="pagination"
      className={cn("flex flex-wrap items-center gap-2", className)}
    >
      <PageLink {...previous}>
        <ChevronLeft aria-hidden />
        {previousLabel ?? t("previous")}
      </PageLink>
      {position && <span className="tabular px-1 text-sm text-muted-foreground">{position}</span>}
      <PageLink {...next}>
        {nextLabel ?? t("next")}
        <ChevronRight aria-hidden />
      </PageLink>
    </nav>
  );
}
