"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState, useTransition } from "react";
import { toast } from "@/components/ui/toast";
import { formatDate } from "@/components/time/format";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import type { RetentionDays } from "@/lib/domain/operations/retention";
import type { FormAction } from "@/lib/domain/form-result";
import type { TouchedFields } from "./touched-fields";
import type { HiddenFields } from "./use-form-action";
import { useAnswered } from "./use-server-action";
import type { RetentionPreview } from "@/lib/services/retention/preview-retention";

const LINES = [
  ["events", "oldEvents"],
  ["errors", "oldErrors"],
  ["audit", "oldAudit"],
] as const;
const FIELDS = ["eventRetentionDays", "errorRetentionDays", "auditRetentionDays"] as const;

/** Lines such as "1,203,400 events before 1 Nov 2025", of what there is any of. */
function usePreviewLines() {
  const t = useTranslations("forms");
  return (preview: RetentionPreview, zone: string): string[] =>
    LINES.flatMap(([kind, key]) => {
      const { count, before } = preview[kind];
      return count === 0 || before === null ? [] : t(key, { count, date: formatDate(before, zone) });
    });
}

function hasOld(preview: RetentionPreview): boolean {
  return LINES.some(([kind]) => preview[kind].count > 0 && preview[kind].before !== null);
}

function hasChanged(form: FormData, stored: RetentionDays): boolean {
  return FIELDS.some((name) => String(form.get(name) ?? "").trim() !== String(stored[name] ?? ""));
}

interface RetentionGuardOptions {
  stored: RetentionDays;
  previewAction: FormAction<RetentionPreview>;
  hidden?: HiddenFields;
  /** Notes what was touched. */
  onChange: (event: FormEvent<HTMLFormElement>) => void;
  /** Held by the form while it waits, so that it saves nothing that is typed meanwhile; released where it is not saved. */
  touched: TouchedFields;
  /** Saves the form. */
  send: (form: FormData) => void;
  /** It is being saved. */
  isPending: boolean;
}

/** Asks what a changed retention would delete, and has it confirmed in numbers before the form is saved. */
export function useRetentionGuard({
  stored,
  previewAction,
  hidden = {},
  onChange,
  touched,
  send,
  isPending,
}: RetentionGuardOptions) {
  const t = useTranslations("forms");
  const answered = useAnswered();
  const [isAsking, startTransition] = useTransition();
  const [shown, setShown] = useState<RetentionPreview | null>(null);
  const version = useRef(0);
  /** The form that waits for an answer. */
  const waiting = useRef<FormData | null>(null);
  const [held, setHeld] = useState<{ preview: RetentionPreview } | null>(null);

  function ask(
    form: FormData,
    then: (preview: RetentionPreview) => void,
    onInvalid: () => void,
    onFailed: () => void = () => undefined,
  ) {
    const asked = new FormData();
    for (const name of FIELDS) asked.set(name, String(form.get(name) ?? ""));
    for (const [name, value] of Object.entries(hidden)) asked.set(name, String(value));
    startTransition(async () => {
      const answer = await answered(previewAction)({ status: "idle" }, asked);
      if (answer.status === "done" && answer.result) then(answer.result);
      else if (answer.fieldErrors && Object.keys(answer.fieldErrors).length > 0) onInvalid();
      else {
        toast.error(answer.message ?? t("previewFailed"));
        onFailed();
      }
    });
  }
  /** What was counted is of the days that were typed, and of no others. */
  function forget() {
    version.current += 1;
    setShown(null);
  }
  function save(form: FormData) {
    if (!hasChanged(form, stored)) return send(form);
    touched.hold(form);
    const then = (preview: RetentionPreview) => {
      if (!hasOld(preview)) return send(form);
      waiting.current = form;
      setHeld({ preview });
    };
    // Saving tells which field is wrong.
    ask(
      form,
      then,
      () => send(form),
      () => touched.release(form),
    );
  }
  const isBusy = isPending || isAsking;
  return {
    isAsking,
    shown,
    held,
    /** Of the form. */
    guarded: {
      isPending: isBusy,
      onChange: (event: FormEvent<HTMLFormElement>) => {
        onChange(event);
        const { name } = event.target as EventTarget & { name?: string };
        if (FIELDS.some((field) => field === name)) forget();
      },
      onSubmit: (event: FormEvent<HTMLFormElement>) => {
        event.preventDefault();
        if (!isBusy) save(new FormData(event.currentTarget));
      },
    },
    preview: (form: FormData) => {
      const present = version.current;
      const show = (preview: RetentionPreview) => version.current === present && setShown(preview);
      ask(form, show, () => toast.error(t("previewDays")));
    },
    confirm: () => {
      if (waiting.current) send(waiting.current);
      waiting.current = null;
    },
    /** Also after it was confirmed. */
    close: () => {
      if (waiting.current) touched.release(waiting.current);
      waiting.current = null;
      setHeld(null);
    },
  };
}

type RetentionGuard = ReturnType<typeof useRetentionGuard>;

/** The button that counts without saving, and its answer. */
export function RetentionPreviewButton({ guard, zone }: { guard: RetentionGuard; zone: string }) {
  const t = useTranslations("forms");
  const previewLines = usePreviewLines();
  const lines = guard.shown && previewLines(guard.shown, zone);
  return (
    <div className="grid gap-2">
      <Button
        type="button"
        variant="outline"
        size="sm"
        className="justify-self-start"
        isPending={guard.isAsking}
        onClick={(event) => event.currentTarget.form && guard.preview(new FormData(event.currentTarget.form))}
      >
        {t("preview")}
      </Button>
      <output className="block text-sm text-muted-foreground">
        {lines &&
          (lines.length > 0 ? (
            <>
              <p>{t("previewTitle")}</p>
              <ul className="list-disc ps-5 tabular-nums">
                {lines.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            </>
          ) : (
            <p>{t("previewNothing")}</p>
          ))}
      </output>
    </div>
  );
}

/** Asks before a retention that deletes something is saved. */
export function RetentionConfirmation({ guard, zone }: { guard: RetentionGuard; zone: string }) {
  const t = useTranslations("forms");
  const previewLines = usePreviewLines();
  return (
    <AlertDialog
      isOpen={guard.held !== null}
      onClose={guard.close}
      title={t("deleteTitle")}
      cancel={t("cancel")}
      confirm={t("deleteConfirm")}
      onConfirm={guard.confirm}
    >
      <p>{t("deleteNote")}</p>
      <ul className="my-2 list-disc ps-5 text-foreground tabular-nums">
        {guard.held && previewLines(guard.held.preview, zone).map((line) => <li key={line}>{line}</li>)}
      </ul>
      <p>{t("deleteUndo")}</p>
    </AlertDialog>
  );
}
