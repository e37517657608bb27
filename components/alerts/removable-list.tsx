import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ActionButton } from "@/components/forms/action-button";
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

/** Things that stay until somebody removes them. */
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
  action: FormAction<void>;
  hidden: HiddenFields;
  done: string;
}

interface RemovableItemProps {
  name: ReactNode;
  detail: ReactNode;
  /** Behind the detail. */
  badge?: string | null | undefined;
  /** null for those who may not remove it. */
  removal: Removal | null;
}

export function RemovableItem({ name, detail, badge, removal }: RemovableItemProps) {
  const t = useTranslations("exceptions");
  return (
    <li className="flex flex-wrap items-center gap-2 border-b py-2.5 text-sm last:border-0">
      <div className="grid min-w-0 flex-1 gap-0.5">
        <span className="wrap-anywhere">{name}</span>
        <span className="text-muted-foreground wrap-anywhere">{detail}</span>
      </div>
      {badge && <Badge variant="outline">{badge}</Badge>}
      {removal && (
        <ActionButton
          size="sm"
          variant="ghost"
          aria-label={removal.label}
          action={removal.action}
          hidden={removal.hidden}
          done={removal.done}
        >
          {t("remove")}
        </ActionButton>
      )}
    </li>
  );
}

/** Why something is so and, where it ends, its last day, a local date of the company. */
export function ReasonUntil({ reason, lastDay }: { reason: string; lastDay: string | null }) {
  const t = useTranslations("exceptions");
  return lastDay === null ? reason : t("reasonUntil", { reason, day: formatLocalDate(lastDay) });
}

/** The badge of what had an end, epoch milliseconds, when the page was read; nothing before. */
export function useExpiredBadge(readAt: number): (endsAt: number | null) => string | null {
  const t = useTranslations("exceptions");
  return (endsAt) => (endsAt !== null && endsAt <= readAt ? t("expired") : null);
}
