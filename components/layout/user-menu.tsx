"use client";

import { useTranslations } from "next-intl";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { LatePopup } from "@/components/ui/late-popup";
import type { UserMenuProps } from "./user-popup";

const loadPopup = () => import("./user-popup").then((module) => module.UserPopup);

/** Whose account it is, the way to its profile and the way out. */
export function UserMenu(props: UserMenuProps) {
  const t = useTranslations("shell");
  return (
    <LatePopup
      opens="dialog"
      load={loadPopup}
      {...props}
      trigger={
        <Button
          variant="ghost"
          size="icon-sm"
          className="rounded-full"
          aria-label={t("accountMenuOf", { name: props.user.name })}
        >
          <Avatar name={props.user.name} />
        </Button>
      }
    />
  );
}
