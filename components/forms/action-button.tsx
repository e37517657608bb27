"use client";

import { useTranslations } from "next-intl";
import { toast } from "@/components/ui/toast";
import { type ReactNode, useEffect } from "react";
import { Button, type ButtonProps } from "@/components/ui/button";
import type { FormAction } from "@/lib/domain/form-result";
import { useFormAction, type HiddenFields } from "./use-form-action";
import { useKeptPlace } from "./use-kept-place";

interface ActionButtonProps<Result> extends Omit<
  ButtonProps,
  "onClick" | "isPending" | "children" | "hidden" | "ref" | "disabled"
> {
  action: FormAction<Result>;
  hidden?: HiddenFields;
  done?: string | ((result: Result | undefined) => string);
  onDone?: (result: Result | undefined) => void;
  children: ReactNode;
}

/** Does one thing at a press; what goes wrong is told in a toast. */
export function ActionButton<Result>({
  action,
  hidden,
  done,
  onDone,
  children,
  ...button
}: ActionButtonProps<Result>) {
  const t = useTranslations("forms");
  const ref = useKeptPlace();
  const { state, isPending, send } = useFormAction(action, hidden, { done, onDone });
  useEffect(() => {
    if (state.status === "error") toast.error(state.message ?? t("failed"));
  }, [state, t]);
  return (
    <Button {...button} ref={ref} isPending={isPending} onClick={() => send(new FormData())}>
      {children}
    </Button>
  );
}
