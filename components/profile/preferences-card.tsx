"use client";

import { useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import { useRef } from "react";
import { Form } from "@/components/forms/form";
import { FormMessage } from "@/components/forms/form-message";
import { useFormAction } from "@/components/forms/use-form-action";
import { Button } from "@/components/ui/button";
import { zoneChoices, zoneWords } from "@/components/time/zone-choices";
import { TitledCard } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { NativeSelect } from "@/components/ui/native-select";
import { ACTIVE_LOCALES, LOCALE_NAMES } from "@/lib/domain/locales";
import type { FormAction } from "@/lib/domain/form-result";

interface PreferencesCardProps {
  action: FormAction;
  /** IANA zone, or null to follow company and portal. */
  timeZone: string | null;
  theme: string | null;
  /** A language of the catalog, or null to follow the browser. */
  language: string | null;
  portalZone: string;
  zones: readonly string[];
}

export function PreferencesCard({
  action,
  timeZone,
  theme,
  language,
  portalZone,
  zones,
}: PreferencesCardProps) {
  const t = useTranslations("profile");
  const { setTheme } = useTheme();
  const chosenTheme = useRef("");
  const { state, isPending, onSubmit, onChange } = useFormAction(
    action,
    {},
    { onDone: () => chosenTheme.current && setTheme(chosenTheme.current) },
  );
  return (
    <TitledCard title={t("preferences")}>
      <Form
        state={state}
        onChange={onChange}
        onSubmit={(event) => {
          if (!isPending) chosenTheme.current = String(new FormData(event.currentTarget).get("theme") ?? "");
          onSubmit(event);
        }}
        className="grid gap-4"
      >
        <FormMessage state={state} />
        <Field
          label={t("timeZone")}
          description={t("portalZone", { zone: zoneWords(portalZone) })}
          error={state.fieldErrors?.timeZone}
        >
          {(control) => (
            <NativeSelect {...control} name="timeZone" defaultValue={timeZone ?? ""} className="w-full">
              <option value="">{t("companyZone")}</option>
              {zoneChoices(zones).map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </NativeSelect>
          )}
        </Field>
        <Field label={t("language")} error={state.fieldErrors?.language}>
          {(control) => (
            <NativeSelect {...control} name="language" defaultValue={language ?? ""} className="w-full">
              <option value="">{t("languageBrowser")}</option>
              {ACTIVE_LOCALES.map((locale) => (
                <option key={locale} value={locale} lang={locale}>
                  {LOCALE_NAMES[locale]}
                </option>
              ))}
            </NativeSelect>
          )}
        </Field>
        <Field label={t("theme")} error={state.fieldErrors?.theme}>
          {(control) => (
            <NativeSelect {...control} name="theme" defaultValue={theme ?? ""} className="w-full">
              <option value="">{t("themeBrowser")}</option>
              <option value="light">{t("themeLight")}</option>
              <option value="dark">{t("themeDark")}</option>
              <option value="system">{t("themeSystem")}</option>
            </NativeSelect>
          )}
        </Field>
        <Button type="submit" className="w-fit" isPending={isPending}>
          {isPending ? t("saving") : t("save")}
        </Button>
      </Form>
    </TitledCard>
  );
}
