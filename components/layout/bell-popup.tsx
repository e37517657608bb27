"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { ActionButton } from "@/components/forms/action-button";
import type { FormAction } from "@/lib/domain/form-result";
import { RelativeTime } from "@/components/time/relative-time";
import type { LatePopupProps } from "@/components/ui/late-popup";
import { Link } from "@/components/ui/link";
import { Popover, PopoverClose, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { resolveHref } from "./company-path";
import { useShell } from "./shell-context";
import type { Bell, MarkedRead } from "@/lib/services/notifications/bell";

interface BellPopupProps extends LatePopupProps {
  markReadAction: FormAction<MarkedRead>;
  zone: string;
  onCount: (count: number) => void;
}

type Shown = Bell<string> | "loading" | "failed";

/** What one has not read, fetched each time it is opened. */
export function BellPopup({ markReadAction, zone, onCount, trigger }: BellPopupProps) {
  const t = useTranslations("shell");
  const [isOpen, setIsOpen] = useState(true);
  const [shown, setShown] = useState<Shown>("loading");
  useEffect(() => {
    if (!isOpen) return;
    let isCurrent = true;
    void fetchBell().then((bell) => {
      if (!isCurrent) return;
      setShown(bell);
      if (typeof bell === "object") onCount(bell.count);
    });
    return () => {
      isCurrent = false;
    };
  }, [isOpen, onCount]);
  return (
    <Popover
      open={isOpen}
      onOpenChange={(isNowOpen) => {
        setShown("loading");
        setIsOpen(isNowOpen);
      }}
    >
      <PopoverTrigger asChild>{trigger}</PopoverTrigger>
      <PopoverContent align="end" aria-label={t("unread")} className="w-96 overflow-y-auto p-0">
        <div className="sticky top-0 z-10 flex min-h-11 flex-wrap items-center justify-between gap-x-2 border-b bg-popover py-1 ps-4 pe-2">
          <h2 className="text-sm font-semibold">{t("unread")}</h2>
          {typeof shown === "object" && shown.lines.length > 0 && (
            <ActionButton
              size="sm"
              variant="ghost"
              className="ms-auto"
              action={markReadAction}
              hidden={{ throughId: shown.throughId }}
              onDone={(marked) => {
                if (marked) onCount(marked.unread);
                setIsOpen(false);
              }}
            >
              {t("markRead")}
            </ActionButton>
          )}
        </div>
        <BellList shown={shown} zone={zone} />
        {typeof shown === "object" && shown.isCut && (
          <p className="border-t px-4 py-2 text-xs text-muted-foreground">{t("unreadCut")}</p>
        )}
        <AllNotifications />
      </PopoverContent>
    </Popover>
  );
}

async function fetchBell(): Promise<Shown> {
  try {
    const answer = await fetch("/api/notifications/unread", { cache: "no-store" });
    return answer.ok ? ((await answer.json()) as Bell<string>) : "failed";
  } catch {
    return "failed";
  }
}

/** To the company's list, or the portal's for those who may see it; the company in view may have none for the person. */
function AllNotifications() {
  const t = useTranslations("shell");
  const { nav, companyId } = useShell();
  const hrefs = nav.flatMap(({ items }) => items.map(({ href }) => href));
  const own = hrefs.find((href) => href === "/:company/notifications");
  const href = own ?? hrefs.find((one) => one === "/admin/notifications");
  if (href === undefined) return null;
  return (
    <div className="sticky bottom-0 border-t bg-popover p-2">
      <PopoverClose asChild>
        <Link
          href={resolveHref(href, companyId)}
          className="block rounded-sm px-2 py-1.5 text-center text-sm text-link hover:bg-accent"
        >
          {t("allNotifications")}
        </Link>
      </PopoverClose>
    </div>
  );
}

function BellList({ shown, zone }: { shown: Shown; zone: string }) {
  const t = useTranslations("shell");
  if (typeof shown === "string" || shown.lines.length === 0) {
    const text = shown === "loading" ? t("loading") : shown === "failed" ? t("unreadFailed") : t("allRead");
    return <p className="p-4 text-sm text-muted-foreground">{text}</p>;
  }
  return (
    <ul className="divide-y">
      {shown.lines.map(({ id, href, line, company, at }) => (
        <li key={id}>
          <PopoverClose asChild>
            <Link href={href} prefetch={false} className="grid gap-0.5 px-4 py-2.5 text-sm hover:bg-accent">
              <span className="wrap-anywhere">{line}</span>
              <span className="text-xs wrap-anywhere text-muted-foreground">
                {company !== null && (
                  <>
                    <bdi>{company}</bdi> ·{" "}
                  </>
                )}
                <RelativeTime at={at} zone={zone} />
              </span>
            </Link>
          </PopoverClose>
        </li>
      ))}
    </ul>
  );
}
