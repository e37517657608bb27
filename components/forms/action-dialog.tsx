"use client";

import type { ReactNode } from "react";
import { Late } from "@/components/ui/late";
import type { FormAction } from "@/lib/domain/form-result";
import type { HiddenFields } from "./use-form-action";

export interface ActionDialogProps<Result> {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  description?: ReactNode;
  action: FormAction<Result>;
  hidden?: HiddenFields;
  submitLabel: string;
  isDestructive?: boolean;
  done?: string | ((result: Result | undefined) => string);
  /** `isHere`: who sent it has not left for another page since, as one can while the server is silent. */
  onDone?: (result: Result | undefined, isHere: boolean) => void;
  /** Draws what came back in place of the form, for what is shown once: a key, a password. */
  renderResult?: (result: Result, close: () => void) => ReactNode;
  /** The fields, with the errors by name. */
  children?: (errors: Record<string, string>) => ReactNode;
}

/** What opens a dialog says the same as its title and its button unless these are given; a label of parts needs both. */
type DialogWords =
  | { label: string; title?: string; submitLabel?: string }
  | { label: ReactNode; title: string; submitLabel: string };

export type LabelledDialogProps<Result> = DialogWords &
  Omit<ActionDialogProps<Result>, "isOpen" | "onOpenChange" | keyof DialogWords>;

export function dialogWords({ label, title, submitLabel }: DialogWords) {
  const words = typeof label === "string" ? label : "";
  return { title: title ?? words, submitLabel: submitLabel ?? words };
}

export const loadDialog = () => import("./form-dialog").then((module) => module.FormDialog);

/** A form in a dialog, fetched when it is first opened. It closes when done, unless what came back is to be shown. */
export function ActionDialog<Result>(props: ActionDialogProps<Result>) {
  return (
    <Late isWanted={props.isOpen} load={loadDialog}>
      {(FormDialog) => <FormDialog {...props} />}
    </Late>
  );
}
