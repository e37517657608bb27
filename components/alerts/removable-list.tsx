import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { DialogButton } from "@/components/forms/dialog-button";
import type { HiddenFields } from "@/components/forms/use-form-action";
import { formatLocalDate } from "@/components/time/format";
import { Badge } from "@/components/ui/badge";
import type { FormAction } from "@/lib/domain/form-result";

interface RemovableListProps {
  label: string;
  /** Said in place of an empty list. */
  empty: string;
  isEmpty: boolean;
  /** RemovableItems. */
  children: ReactNode;
}

/** Things that stay until a user removes them. */
export function RemovableList({ label, empty, isEmpty, children }: RemovableListProps) {
  if (isEmpty) return <p className="text-sm text-muted-foreground">{empty}</p>;
  return (
    <ul aria-label={label} className="grid">
      {children}
    </ul>
  );
}

export interface Removal {
  /** Tells which one it removes. */
  label: string;
  /** What then happens. */
  note: string;
  action: FormAction<void>;
  hidden: HiddenFields;
  done: string;
}

interface RemovableItemProps {
  name: ReactNode;
  detail: ReactNode;
  /** Behind the detail. */
  badge?: string | null;
  /** Whether it had an end that is past, and so does nothing any more. */
  isExpired?: boolean;
  /** null for those who may not remove it. */
  removal: Removal | null;
}

export function RemovableItem({ name, detail, badge, isExpired = false, removal }: RemovableItemProps) {
  const t = useTranslations("exceptions");
  return (
    <li className="flex flex-wrap items-center gap-2 border-b py-2.5 text-sm last:border-0">
      <div className="grid min-w-0 flex-1 gap-0.5">
        <span className="wrap-anywhere">{name}</span>
        <span className="text-muted-foreground wrap-anywhere">{detail}</span>
      </div>
      {badge && <Badge variant="outline">{badge}</Badge>}
      {isExpired && <Badge variant="outline">{t("expired")}</Badge>}
      {removal && (
        <DialogButton
          variant="ghost"
          label={t("remove")}
          name={removal.label}
          title={removal.label}
          description={isExpired ? t("expiredNote") : removal.note}
          action={removal.action}
          hidden={removal.hidden}
          isDestructive
          done={removal.done}
        />
      )}
    </li>
  );
}

/** Why something is so and, where it ends, its last day, a local date of the company. */
export function ReasonUntil({ reason, lastDay }: { reason: string; lastDay: string | null }) {
  const t = useTranslations("exceptions");
  return lastDay === null ? reason : t("reasonUntil", { reason, day: formatLocalDate(lastDay) });
}

/** Whether what has an end was over when the page was read; both epoch milliseconds. */
export function isExpired(endsAt: number | null, readAt: number): boolean {
  return endsAt !== null && endsAt <= readAt;
}
