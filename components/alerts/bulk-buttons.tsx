"use client";

import { ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { ActionButton } from "@/components/forms/action-button";
import type { HiddenFields } from "@/components/forms/use-form-action";
import { Button } from "@/components/ui/button";
import { LatePopup } from "@/components/ui/late-popup";
import type { FormAction } from "@/lib/domain/form-result";
import type { AlertActions } from "./alert-actions";

type Changed = { count: number };

interface BulkButtonsProps {
  actions: Pick<AlertActions, "assignAlertsAction" | "setAlertStateAction">;
  assignees: readonly string[];
  me: string | null;
  companyId: number;
  alertIds: readonly number[];
  onDone: () => void;
}

/** Something that can be done with the chosen alerts. */
export interface BulkChoice {
  words: string;
  action: FormAction<Changed>;
  /** What the action is told of it. */
  fields: Readonly<Record<string, string>>;
}

/** What all choices have. */
export interface BulkChange {
  hidden: HiddenFields;
  done: (result: Changed | undefined) => string;
  onDone: () => void;
}

const STATES = [
  ["acknowledged", "acknowledge"],
  ["closed-true", "closeTrue"],
  ["closed-expected", "closeExpected"],
  ["closed-false", "closeFalse"],
] as const;

const loadMenu = () => import("./bulk-menu").then((module) => module.BulkMenu);

/** A button for each choice, and on a phone, which has no room for them, one menu. */
export function BulkButtons({ companyId, alertIds, onDone, ...props }: BulkButtonsProps) {
  const t = useTranslations("alerts");
  const choices = useChoices(props);
  const hidden = { companyId, alertId: alertIds };
  const change: BulkChange = {
    hidden,
    done: (result) => t("updated", { count: result?.count ?? 0 }),
    onDone,
  };
  return (
    <>
      <div className="hidden md:contents">
        {choices.map(({ words, action, fields }, index) => (
          <ActionButton
            key={words}
            size="sm"
            variant={index === 0 ? "default" : "outline"}
            {...change}
            action={action}
            hidden={{ ...hidden, ...fields }}
          >
            {words}
          </ActionButton>
        ))}
      </div>
      <LatePopup
        opens="menu"
        load={loadMenu}
        choices={choices}
        {...change}
        trigger={
          <Button size="sm" className="md:hidden">
            {t("actions")}
            <ChevronDown aria-hidden />
          </Button>
        }
      />
    </>
  );
}

function useChoices({ actions, assignees, me }: Pick<BulkButtonsProps, "actions" | "assignees" | "me">) {
  const t = useTranslations("alerts");
  const { setAlertStateAction, assignAlertsAction } = actions;
  const choices = STATES.map(([state, words]): BulkChoice => {
    return { words: t(words), action: setAlertStateAction, fields: { state } };
  });
  return me === null || !assignees.includes(me)
    ? choices
    : [...choices, { words: t("assignToMe"), action: assignAlertsAction, fields: { assignee: me } }];
}
