"use client";

import { Bell as BellIcon } from "lucide-react";
import { useState } from "react";
import { ActionButton } from "@/components/forms/action-button";
import type { FormAction } from "@/lib/domain/form-result";
import { RelativeTime } from "@/components/time/relative-time";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { Popover, PopoverClose, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import type { Bell } from "@/lib/services/notifications/bell";
import { useUnread } from "./use-unread";

interface NotificationBellProps {
  markReadAction: FormAction<void>;
  zone: string;
}

type Shown = Bell | "loading" | "failed";

/** Rings for what one has not read; its list is fetched when it is opened. */
export function NotificationBell({ markReadAction, zone }: NotificationBellProps) {
  const [count, setCount] = useUnread();
  const [isOpen, setIsOpen] = useState(false);
  const [shown, setShown] = useState<Shown>("loading");
  const words = count === 0 ? "none unread" : `${count > 99 ? "more than 99" : count} unread`;
  const open = (isNow: boolean) => {
    setIsOpen(isNow);
    if (!isNow) return;
    setShown("loading");
    void fetchBell().then((bell) => {
      setShown(bell);
      if (bell !== "failed" && bell !== "loading") setCount(bell.count);
    });
  };
  return (
    <Popover open={isOpen} onOpenChange={open}>
      <PopoverTrigger asChild>
        <Button variant="ghost" size="icon-sm" className="relative" aria-label={`Notifications, ${words}`}>
          <BellIcon aria-hidden />
          {count > 0 && (
            <span
              aria-hidden
              className="absolute -top-1 -right-1 min-w-4 rounded-full bg-primary px-1 text-[0.625rem] leading-4 font-semibold text-primary-foreground"
            >
              {count > 99 ? "99+" : count}
            </span>
          )}
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" aria-label="Unread notifications" className="w-96 overflow-y-auto p-0">
        <BellList shown={shown} zone={zone} />
        {typeof shown === "object" && shown.lines.length > 0 && (
          <div className="border-t p-2">
            <ActionButton
              size="sm"
              variant="outline"
              className="w-full"
              action={markReadAction}
              hidden={{ throughId: shown.throughId }}
              onDone={() => {
                setCount(0);
                setIsOpen(false);
              }}
            >
              Mark all as read
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
    return answer.ok ? ((await answer.json()) as Bell) : "failed";
  } catch {
    return "failed";
  }
}

function BellList({ shown, zone }: { shown: Shown; zone: string }) {
  if (typeof shown === "string" || shown.lines.length === 0) {
    const text =
      shown === "loading"
        ? "Loading…"
        : shown === "failed"
          ? "The notifications could not be loaded. Try again soon."
          : "You have read everything.";
    return <p className="p-4 text-sm text-muted-foreground">{text}</p>;
  }
  return (
    <ul className="divide-y">
      {shown.lines.map(({ href, line, at }) => (
        <li key={href}>
          <PopoverClose asChild>
            <Link href={href} prefetch={false} className="grid gap-0.5 px-4 py-2.5 text-sm hover:bg-accent">
              <span className="wrap-anywhere">{line}</span>
              <span className="text-xs text-muted-foreground">
                <RelativeTime at={at} zone={zone} />
              </span>
            </Link>
          </PopoverClose>
        </li>
      ))}
    </ul>
  );
}
