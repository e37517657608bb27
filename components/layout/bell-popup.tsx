"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { ActionButton } from "@/components/forms/action-button";
import type { FormAction } from "@/lib/domain/form-result";
import { RelativeTime } from "@/components/time/relative-time";
import type { LatePopupProps } from "@/components/ui/late-popup";
import { Link } from "@/components/ui/link";
import { Popover, PopoverClose, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import type { Bell } from "@/lib/services/notifications/bell";

interface BellPopupProps extends LatePopupProps {
  markReadAction: FormAction<void>;
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
        <BellList shown={shown} zone={zone} />
        {typeof shown === "object" && shown.lines.length > 0 && (
          <div className="grid gap-2 border-t p-2">
            {shown.isCut && <p className="px-2 text-xs text-muted-foreground">{t("unreadCut")}</p>}
            <ActionButton
              size="sm"
              variant="outline"
              className="w-full"
              action={markReadAction}
              hidden={{ throughId: shown.throughId }}
              onDone={() => {
                onCount(0);
                setIsOpen(false);
              }}
            >
              {t("markRead")}
            </ActionButton>
          </div>
        )}
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
