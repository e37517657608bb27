"use client";

import { BookmarkPlus } from "lucide-react";
import { createContext, useContext, useMemo, type ReactNode } from "react";
import { DialogButton } from "@/components/forms/dialog-button";
import { SwitchField, TextField } from "@/components/forms/fields";
import type { FormAction } from "@/lib/domain/form-result";
import type { ExportAsk } from "@/lib/domain/reports/table-address";

interface Saver {
  companyId: number;
  mayShare: boolean;
  action: FormAction<{ viewId: number }>;
}

/** Null where all companies are in view: a view belongs to one. */
const SaverContext = createContext<Saver | null>(null);

/** Lets the tables of a company's pages be saved as views. */
export function ViewSaver({ companyId, mayShare, action, children }: Saver & { children: ReactNode }) {
  const saver = useMemo(() => ({ companyId, mayShare, action }), [companyId, mayShare, action]);
  return <SaverContext value={saver}>{children}</SaverContext>;
}

/** Keeps what the screen's filters select, its order and its columns under a name. */
export function SaveView({ report, query, columns }: Omit<ExportAsk, "companyRef">) {
  const saver = useContext(SaverContext);
  if (!saver) return null;
  return (
    <DialogButton
      label={
        <>
          <BookmarkPlus aria-hidden />
          <span className="max-md:sr-only">Save view</span>
        </>
      }
      title="Save this view"
      description="Keeps the filters, the order and the shown columns. Saved views lists it."
      action={saver.action}
      hidden={{ companyId: saver.companyId, table: report, query, columns: columns?.join(",") ?? "" }}
      submitLabel="Save view"
      done="The view is saved."
    >
      {(errors) => (
        <>
          <TextField name="name" label="Name" errors={errors} maxLength={100} autoComplete="off" isRequired />
          {saver.mayShare && <SharedField errors={errors} />}
        </>
      )}
    </DialogButton>
  );
}

/** Whether everybody in the company sees the view. */
export function SharedField({
  errors,
  isShared = false,
}: {
  errors: Record<string, string>;
  isShared?: boolean;
}) {
  return (
    <SwitchField
      name="shared"
      label="Share with the company"
      description="Everybody who may see the company's events can open it."
      errors={errors}
      defaultChecked={isShared}
    />
  );
}
