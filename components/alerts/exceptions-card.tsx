"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { TitledCard } from "@/components/ui/card";
import { TextLink } from "@/components/ui/text-link";
import { useWords } from "@/components/ui/use-words";
import type { RulesScreen } from "@/lib/services/detections/read-rules";
import type { RuleActions } from "./alert-actions";
import { isExpired, ReasonUntil, RemovableItem, RemovableList } from "./removable-list";

interface ExceptionsCardProps extends Pick<RulesScreen, "exceptions" | "mayManage"> {
  companyId: number;
  /** Epoch milliseconds. */
  readAt: number;
  actions: RuleActions;
}

/** What rules do not count. */
export function ExceptionsCard(props: ExceptionsCardProps) {
  const { exceptions, mayManage, companyId, readAt, actions } = props;
  const t = useTranslations("ruleScreens");
  const words = useWords("ruleSentences", "ruleTitles");
  return (
    <TitledCard title={t("exceptions")} description={t("exceptionsNote")}>
      <RemovableList label={t("exceptions")} empty={t("noExceptions")} isEmpty={exceptions.length === 0}>
        {exceptions.map(({ id, rule, subject, href, reason, endsAt, lastDay }) => (
          <RemovableItem
            key={id}
            name={t.rich("exceptionOf", {
              rule: words(rule),
              subject: words(subject),
              name: (chunks) => <NameOf href={href}>{chunks}</NameOf>,
            })}
            detail={<ReasonUntil reason={reason} lastDay={lastDay} />}
            isExpired={isExpired(endsAt, readAt)}
            removal={
              mayManage
                ? {
                    label: t("removeException", { subject: words(subject) }),
                    note: t("removeExceptionNote"),
                    action: actions.removeExceptionAction,
                    hidden: { companyId, exceptionId: id },
                    done: t("exceptionRemoved"),
                  }
                : null
            }
          />
        ))}
      </RemovableList>
    </TitledCard>
  );
}

/** What was deleted leads nowhere. */
function NameOf({ href, children }: { href: string | null; children: ReactNode }) {
  if (href === null) return <bdi>{children}</bdi>;
  return (
    <TextLink href={href}>
      <bdi>{children}</bdi>
    </TextLink>
  );
}
