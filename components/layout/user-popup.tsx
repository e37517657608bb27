"use client";

import { CircleUser, LogOut } from "lucide-react";
import { useTranslations } from "next-intl";
import { Form } from "@/components/forms/form";
import { Link } from "@/components/ui/link";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import type { LatePopupProps } from "@/components/ui/late-popup";
import { Popover, PopoverClose, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import type { ShellUser } from "@/lib/domain/nav-model";

export interface UserMenuProps {
  user: ShellUser;
  signOutAction: (form: FormData) => void | Promise<void>;
}

/** A popover and not a menu, because signing out is a form. */
export function UserPopup({ user, signOutAction, trigger }: UserMenuProps & LatePopupProps) {
  const t = useTranslations("shell");
  return (
    <Popover defaultOpen>
      <PopoverTrigger asChild>{trigger}</PopoverTrigger>
      <PopoverContent align="end" aria-label={t("accountMenu")} className="w-60 p-1">
        <div className="flex items-center gap-2.5 border-b px-2 py-2">
          <Avatar name={user.name} className="size-8" />
          <div className="min-w-0">
            <p className="truncate text-sm font-medium">{user.name}</p>
            {user.email && <p className="truncate text-xs text-muted-foreground">{user.email}</p>}
            <p className="truncate text-xs text-muted-foreground">{user.role}</p>
          </div>
        </div>
        <div className="grid gap-0.5 pt-1">
          <PopoverClose asChild>
            <Button asChild variant="ghost" size="sm" className="w-full justify-start px-2 font-normal">
              <Link href="/profile">
                <CircleUser aria-hidden />
                {t("profile")}
              </Link>
            </Button>
          </PopoverClose>
          <Form action={signOutAction}>
            <Button type="submit" variant="ghost" size="sm" className="w-full justify-start px-2 font-normal">
              <LogOut aria-hidden />
              {t("signOut")}
            </Button>
          </Form>
        </div>
      </PopoverContent>
    </Popover>
  );
}
