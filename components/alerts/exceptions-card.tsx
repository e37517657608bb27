"use client";

import { TitledCard } from "@/components/ui/card";
import type { RulesScreen } from "@/lib/services/detections/read-rules";
import type { RuleActions } from "./alert-actions";
import { overBadge, ReasonUntil, RemovableItem, RemovableList } from "./removable-list";

interface ExceptionsCardProps extends Pick<RulesScreen, "exceptions" | "mayManage"> {
  companyId: number;
  zone: string;
  /** Epoch milliseconds. */
  readAt: number;
  actions: RuleActions;
}

/** What rules do not count. */
export function ExceptionsCard(props: ExceptionsCardProps) {
  const { exceptions, mayManage, companyId, zone, readAt, actions } = props;
  return (
    <TitledCard title="Exceptions" description="What rules do not count. Add one from an alert.">
      <RemovableList label="Exceptions" empty="There is none." isEmpty={exceptions.length === 0}>
        {exceptions.map(({ id, rule, subject, reason, endsAt }) => (
          <RemovableItem
            key={id}
            name={
              <>
                {rule}: <bdi>{subject}</bdi>
              </>
            }
            detail={<ReasonUntil reason={reason} endsAt={endsAt} zone={zone} />}
            badge={overBadge(endsAt, readAt)}
            removal={
              mayManage
                ? {
                    label: `Remove the exception for ${subject}`,
                    action: actions.removeExceptionAction,
                    hidden: { companyId, exceptionId: id },
                    done: "The exception is removed.",
                  }
                : null
            }
          />
        ))}
      </RemovableList>
    </TitledCard>
  );
}
