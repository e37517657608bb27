"use client";

import { useTranslations } from "next-intl";
import { cloneElement, type ReactElement, useState } from "react";
import { useFormAction } from "@/components/forms/use-form-action";
import { useKeptPlace } from "@/components/forms/use-kept-place";
import type { ButtonProps } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { toast } from "@/components/ui/toast";
import type { FormAction } from "@/lib/domain/form-result";
import type { BulkChange, BulkChoice } from "./bulk-buttons";

interface BulkMenuProps extends BulkChange {
  trigger: ReactElement<ButtonProps>;
  choices: readonly BulkChoice[];
}

/** The choices as entries of a menu, which closes at once; its button shows that they are being done. Drawn by BulkButtons. */
export function BulkMenu({ trigger, choices, hidden, done, onDone }: BulkMenuProps) {
  const t = useTranslations("forms");
  const [isOpen, setIsOpen] = useState(true);
  const ref = useKeptPlace();
  const act: FormAction<{ count: number }> = (state, form) => choiceOf(choices, form).action(state, form);
  const onRefused = ({ message }: { message?: string }) => toast.error(message ?? t("failed"));
  const { isPending, send } = useFormAction(act, hidden, { done, onDone, onRefused });
  return (
    <DropdownMenu open={isOpen} onOpenChange={setIsOpen}>
      <DropdownMenuTrigger ref={ref} asChild>
        {cloneElement(trigger, { isPending })}
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start">
        {choices.map((choice) => (
          <DropdownMenuItem key={choice.words} onSelect={() => send(formOf(choice))}>
            {choice.words}
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

function formOf({ fields }: BulkChoice): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

function choiceOf(choices: readonly BulkChoice[], form: FormData): BulkChoice {
  return choices.find(({ fields }) =>
    Object.entries(fields).every(([name, value]) => form.get(name) === value),
  )!;
}
