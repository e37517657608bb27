"use client";

import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { usePathname, useRouter } from "next/navigation";
import { cn } from "@/components/ui/cn";
import { Late } from "@/components/ui/late";
import { findActive, resolveHref } from "./company-path";
import { NavIcon } from "./nav-icon";
import type { NavGroup, NavItem } from "@/lib/domain/nav-model";
import { useShell } from "./shell-context";

const loadHint = () => import("@/components/ui/tooltip").then((module) => module.Hint);

/** The links of the sidebar; on a phone the same list inside a sheet. */
export function SidebarNav({
  isCollapsed = false,
  onNavigate,
}: {
  isCollapsed?: boolean;
  onNavigate?: () => void;
}) {
  const t = useTranslations("shell");
  const { nav, companyId } = useShell();
  const pathname = usePathname();
  const activeHref = findActive(nav, pathname, companyId)?.href;
  return (
    <nav aria-label={t("main")} className="flex flex-col gap-4 px-2 py-3">
      {nav.map((group, index) => (
        <SidebarGroup
          key={group.label ?? index}
          group={group}
          activeHref={activeHref}
          companyId={companyId}
          isCollapsed={isCollapsed}
          onNavigate={onNavigate}
        />
      ))}
    </nav>
  );
}

interface SidebarGroupProps {
  group: NavGroup;
  activeHref?: string;
  companyId: string;
  isCollapsed: boolean;
  onNavigate?: () => void;
}

function SidebarGroup({ group, activeHref, companyId, isCollapsed, onNavigate }: SidebarGroupProps) {
  return (
    <div>
      {group.label && (
        <p
          className={cn(
            "px-2 pb-1 text-xs font-medium text-muted-foreground",
            isCollapsed && "mx-1 mb-2 h-px overflow-hidden bg-sidebar-border p-0 text-transparent",
          )}
        >
          {group.label}
        </p>
      )}
      <ul aria-label={group.label} className="grid grid-cols-1 gap-0.5">
        {group.items.map((item) => {
          const href = resolveHref(item.href, companyId);
          return (
            <li key={item.href}>
              <SidebarLink
                item={item}
                href={href}
                isCurrent={href === activeHref}
                isCollapsed={isCollapsed}
                onNavigate={onNavigate}
              />
            </li>
          );
        })}
      </ul>
    </div>
  );
}

interface SidebarLinkProps {
  item: NavItem;
  href: string;
  isCurrent: boolean;
  isCollapsed: boolean;
  onNavigate?: () => void;
}

function SidebarLink({ item, href, isCurrent, isCollapsed, onNavigate }: SidebarLinkProps) {
  const t = useTranslations("shell");
  const router = useRouter();
  const link = (
    <Link
      href={href}
      onPointerEnter={() => router.prefetch(href)}
      onClick={onNavigate}
      aria-current={isCurrent ? "page" : undefined}
      aria-label={item.badge ? t("badge", { title: item.title, count: item.badge }) : item.title}
      className={cn(
        "relative flex min-h-9 items-center gap-2.5 rounded-md px-2.5 py-1 text-sm text-sidebar-foreground hover:bg-sidebar-accent hover:text-sidebar-accent-foreground md:min-h-8",
        isCurrent && "bg-sidebar-accent font-medium text-sidebar-accent-foreground",
        isCollapsed && "justify-center px-0",
      )}
    >
      <NavIcon name={item.icon} className="size-4 shrink-0" />
      {!isCollapsed && <span className="min-w-0 wrap-break-word">{item.title}</span>}
      {!isCollapsed && item.badge ? (
        <span className="tabular ms-auto rounded-full bg-secondary px-1.5 text-xs text-secondary-foreground">
          {item.badge}
        </span>
      ) : null}
      {isCollapsed && item.badge ? (
        <span className="absolute top-1.5 end-2 size-1.5 rounded-full bg-primary" />
      ) : null}
    </Link>
  );
  // Icons alone say their word in a tooltip.
  if (!isCollapsed) return link;
  return (
    <Late isWanted load={loadHint} before={link}>
      {(Hint) => (
        <Hint text={item.title} side="right">
          {link}
        </Hint>
      )}
    </Late>
  );
}
