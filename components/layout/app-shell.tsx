import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { HasMain } from "./main-once";
import { LateDialogs } from "./late-dialogs";
import type { NavModel, ShellCompany, ShellUser } from "@/lib/domain/nav-model";
import { ShellProvider } from "./shell-context";
import { Sidebar } from "./sidebar";
import { ThemeToggle } from "./theme-toggle";
import { TopBar } from "./top-bar";
import { UserMenu } from "./user-menu";

interface AppShellProps {
  /** Only pages that exist and that this person may open. */
  nav: NavModel;
  /** Every company this person may see, by name. */
  companies: readonly ShellCompany[];
  /** Where company links lead from pages whose path names no company: an id or `all`. */
  defaultCompanyId: string;
  user: ShellUser;
  signOutAction: (form: FormData) => void | Promise<void>;
  /** The bell of who hears of notifications. */
  bell: ReactNode;
  /** From the `sidebar_state` cookie: true when its value is `collapsed`. */
  isSidebarCollapsed: boolean;
  children: ReactNode;
}

/**
 * The frame around every page of the portal. It belongs in the layout above all company pages: the company in
 * view is read from the path, so the frame stays while pages and companies change.
 */
export function AppShell({
  nav,
  companies,
  defaultCompanyId,
  user,
  signOutAction,
  bell,
  isSidebarCollapsed,
  children,
}: AppShellProps) {
  const t = useTranslations("shell");
  return (
    <ShellProvider
      nav={nav}
      companies={companies}
      defaultCompanyId={defaultCompanyId}
      isCollapsedAtFirst={isSidebarCollapsed}
    >
      <a
        href="#main"
        className="fixed top-2 start-2 z-50 -translate-y-16 rounded-md bg-primary px-3 py-2 text-sm font-medium text-primary-foreground focus:translate-y-0"
      >
        {t("skip")}
      </a>
      <div className="flex min-h-dvh">
        <Sidebar />
        <div className="flex min-w-0 flex-1 flex-col">
          <TopBar>
            {bell}
            <ThemeToggle />
            <UserMenu user={user} signOutAction={signOutAction} />
          </TopBar>
          <main
            id="main"
            tabIndex={-1}
            className="flex min-w-0 flex-1 flex-col gap-4 p-4 outline-hidden md:p-6"
          >
            <HasMain value>{children}</HasMain>
          </main>
        </div>
      </div>
      <LateDialogs />
    </ShellProvider>
  );
}
