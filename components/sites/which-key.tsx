"use client";

import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { type SubmitEvent, useState } from "react";
import { Form } from "@/components/forms/form";
import { TextField } from "@/components/forms/fields";
import { FormMessage } from "@/components/forms/form-message";
import type { FormAction } from "@/lib/domain/form-result";
import { useFormAction } from "@/components/forms/use-form-action";
import { Button } from "@/components/ui/button";
import type { FoundKey } from "@/lib/services/sites/find-key";

/** Tells which key a pasted one is. It is sent as a form's field, so that it stands in no address and no log. */
export function WhichKey({ companyId, action }: { companyId: number; action: FormAction<FoundKey[]> }) {
  const t = useTranslations("sites");
  const [found, setFound] = useState<FoundKey[] | null>(null);
  const { state, isPending, onSubmit, onChange } = useFormAction(
    action,
    { companyId },
    { onDone: (keys) => setFound(keys ?? null) },
  );
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    setFound(null);
    onSubmit(event);
  };
  return (
    <Form state={state} onSubmit={submit} onChange={onChange} className="min-w-0 grid-cols-1 gap-2">
      <div className="flex flex-wrap items-start gap-2">
        <TextField
          name="key"
          label={t("whichKey")}
          errors={state.fieldErrors ?? {}}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          placeholder={t("keyOrEnd")}
          className="w-80 max-w-full [&_input]:font-mono [&_input]:placeholder:font-sans"
        />
        <Button type="submit" variant="outline" isPending={isPending} className="sm:mt-5.5">
          <Search aria-hidden />
          {t("findKey")}
        </Button>
      </div>
      {!state.fieldErrors?.key && <FormMessage state={state} />}
      <output className="grid gap-1 text-sm">
        {found?.map((key) => (
          <a key={key.id} href={`#key-${key.id}`} className="link w-fit wrap-anywhere">
            {t("foundKey", {
              name: key.description || t("keyNumber", { id: String(key.id) }),
              site: key.siteName,
            })}
          </a>
        ))}
      </output>
    </Form>
  );
}
