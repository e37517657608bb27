"use client";

import { ShieldAlert } from "lucide-react";
import { ActionButton } from "@/components/forms/action-button";
import type { FormAction } from "@/lib/domain/form-result";
import { ExactTime } from "@/components/time/exact-time";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import type { AccountNotice } from "@/lib/services/users/account-notices";

interface AccountNoticesProps {
  notices: readonly AccountNotice[];
  zone: string;
  action: FormAction<void>;
}

/** What others changed of one's account, above every page until it is dismissed. */
export function AccountNotices({ notices, zone, action }: AccountNoticesProps) {
  if (notices.length === 0) return null;
  return (
    <Alert variant="warning">
      <ShieldAlert aria-hidden />
      <AlertTitle>Somebody changed your account</AlertTitle>
      <AlertDescription className="grid justify-items-start gap-2">
        <ul className="grid gap-1">
          {notices.map(({ id, text, at }) => (
            <li key={id} className="wrap-anywhere">
              {text} on <ExactTime at={at} zone={zone} />.
            </li>
          ))}
        </ul>
        <p>If you did not expect this, tell your administrator.</p>
        <ActionButton
          size="sm"
          variant="outline"
          action={action}
          hidden={{ noticeIds: notices.map(({ id }) => id) }}
        >
          Dismiss
        </ActionButton>
      </AlertDescription>
    </Alert>
  );
}
