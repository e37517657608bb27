"use client";

import { useTheme } from "next-themes";
import { useActionState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { NativeSelect } from "@/components/ui/native-select";
import { FormMessage, type OwnAction } from "./form-result";

interface PreferencesCardProps {
  action: OwnAction;
  /** IANA zone, or null to follow company and portal. */
  timeZone: string | null;
  theme: string | null;
  portalZone: string;
  zones: readonly string[];
}

export function PreferencesCard({ action, timeZone, theme, portalZone, zones }: PreferencesCardProps) {
  const { setTheme } = useTheme();
  const [state, submit, isPending] = useActionState(action, { status: "idle" });
  const save = (form: FormData) => {
    const chosen = String(form.get("theme") ?? "");
    if (chosen) setTheme(chosen);
    submit(form);
  };
  return (
    <Card>
      <CardHeader>
        <CardTitle>Preferences</CardTitle>
      </CardHeader>
      <CardContent>
        {/* A new key after saving, because React empties a form once its action is done. */}
        <form key={`${timeZone} ${theme}`} action={save} className="grid gap-4">
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
        </form>
      </CardContent>
    </Card>
  );
}
