"use client";

import { ShieldAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { ActionButton } from "@/components/forms/action-button";
import type { FormAction } from "@/lib/domain/form-result";
import { ExactTime } from "@/components/time/exact-time";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import type { AccountNotice } from "@/lib/services/users/account-notices";

interface AccountNoticesProps {
  notices: readonly AccountNotice<string>[];
  zone: string;
  action: FormAction<void>;
}

/** What others changed of one's account, above every page until it is dismissed. */
export function AccountNotices({ notices, zone, action }: AccountNoticesProps) {
  const t = useTranslations("shell");
  if (notices.length === 0) return null;
  return (
    <Alert variant="warning">
      <ShieldAlert aria-hidden />
      <AlertTitle>{t("noticesTitle")}</AlertTitle>
      <AlertDescription className="grid justify-items-start gap-2">
        <ul className="grid gap-1">
          {notices.map(({ id, text, at }) => (
            <li key={id} className="wrap-anywhere">
              {t.rich("noticeLine", { text, time: () => <ExactTime at={at} zone={zone} /> })}
            </li>
          ))}
        </ul>
        <p>{t("noticesHelp")}</p>
        <ActionButton
          size="sm"
          variant="outline"
          action={action}
          hidden={{ noticeIds: notices.map(({ id }) => id) }}
        >
          {t("dismiss")}
        </ActionButton>
      </AlertDescription>
    </Alert>
  );
}
