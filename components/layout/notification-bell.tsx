"use client";

import { Bell } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { LatePopup } from "@/components/ui/late-popup";
import type { FormAction } from "@/lib/domain/form-result";
import type { MarkedRead } from "@/lib/services/notifications/bell";
import { useUnread } from "./use-unread";

interface NotificationBellProps {
  markReadAction: FormAction<MarkedRead>;
  zone: string;
}

const loadPopup = () => import("./bell-popup").then((module) => module.BellPopup);

/** Rings for what one has not read. */
export function NotificationBell({ markReadAction, zone }: NotificationBellProps) {
  const t = useTranslations("shell");
  const [count, setCount] = useUnread();
  const label = count > 99 ? t("notificationsMany") : t("notifications", { count });
  return (
    <LatePopup
      opens="dialog"
      load={loadPopup}
      markReadAction={markReadAction}
      zone={zone}
      onCount={setCount}
      trigger={
        <Button variant="ghost" size="icon-sm" className="relative" aria-label={label}>
          <Bell aria-hidden />
          {count > 0 && (
            <span
              aria-hidden
              className="absolute -top-1 -end-1 min-w-4 rounded-full bg-primary px-1 text-[0.625rem] leading-4 font-semibold text-primary-foreground"
            >
              {count > 99 ? "99+" : count}
            </span>
          )}
        </Button>
      }
    />
  );
}
