"use client";

import { useTheme } from "next-themes";
import { Form } from "@/components/forms/form";
import { FormMessage } from "@/components/forms/form-message";
import { useFormAction } from "@/components/forms/use-form-action";
import { Button } from "@/components/ui/button";
import { TitledCard } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { NativeSelect } from "@/components/ui/native-select";
import type { FormAction } from "@/lib/domain/form-result";

interface PreferencesCardProps {
  action: FormAction;
  /** IANA zone, or null to follow company and portal. */
  timeZone: string | null;
  theme: string | null;
  portalZone: string;
  zones: readonly string[];
}

export function PreferencesCard({ action, timeZone, theme, portalZone, zones }: PreferencesCardProps) {
  const { setTheme } = useTheme();
  const { state, isPending, onSubmit, onChange } = useFormAction(action);
  return (
    <TitledCard title="Preferences">
      <Form
        state={state}
        onChange={onChange}
        onSubmit={(event) => {
          const chosen = String(new FormData(event.currentTarget).get("theme") ?? "");
          if (chosen) setTheme(chosen);
          onSubmit(event);
        }}
        className="grid gap-4"
      >
        <FormMessage state={state} />
        <Field name="timeZone" label="Time zone" error={state.fieldErrors?.timeZone}>
          {(control) => (
            <NativeSelect {...control} name="timeZone" defaultValue={timeZone ?? ""} className="w-full">
              <option value="">As the company has it (portal: {portalZone})</option>
              {zones.map((zone) => (
                <option key={zone}>{zone}</option>
              ))}
            </NativeSelect>
          )}
        </Field>
        <Field name="theme" label="Theme" error={state.fieldErrors?.theme}>
          {(control) => (
            <NativeSelect {...control} name="theme" defaultValue={theme ?? ""} className="w-full">
              <option value="">As chosen in this browser</option>
              <option value="light">Light</option>
              <option value="dark">Dark</option>
              <option value="system">As the computer has it</option>
            </NativeSelect>
          )}
        </Field>
        <Button type="submit" className="w-fit" disabled={isPending}>
          {isPending ? "Saving…" : "Save"}
        </Button>
      </Form>
    </TitledCard>
  );
}
