"use client";

import type { ComponentProps, ReactNode } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { NativeSelect } from "@/components/ui/native-select";
import { Switch } from "@/components/ui/switch";
import { Textarea } from "@/components/ui/textarea";

interface CommonProps {
  name: string;
  label: string;
  description?: ReactNode;
  errors: Record<string, string>;
  isRequired?: boolean;
  className?: string;
}

type FieldOf<Props> = CommonProps & Omit<Props, "name">;

/** What belongs to the Field around a control, and the rest, which is the control's. */
function parts<Props extends CommonProps>(props: Props) {
  const { label, description, errors, isRequired, className, ...control } = props;
  const { name } = control;
  return { field: { label, description, error: errors[name], isRequired, className }, control };
}

export function TextField(props: FieldOf<ComponentProps<"input">>) {
  const { field, control } = parts(props);
  return <Field {...field}>{(wired) => <Input {...wired} {...control} />}</Field>;
}

/** A whole number. Typed as text, so that what was meant is what is sent. */
export function NumberField(props: ComponentProps<typeof TextField>) {
  return <TextField inputMode="numeric" autoComplete="off" maxLength={9} {...props} />;
}

/** A day of the calendar. */
export function DateField(props: ComponentProps<typeof TextField>) {
  return <TextField type="date" max="9999-12-29" {...props} />;
}

export function TextAreaField(props: FieldOf<ComponentProps<"textarea">>) {
  const { field, control } = parts(props);
  return <Field {...field}>{(wired) => <Textarea {...wired} {...control} />}</Field>;
}

export interface Choice {
  value: string;
  label: string;
}

export function SelectField({
  choices,
  ...props
}: FieldOf<ComponentProps<"select">> & { choices: readonly Choice[] }) {
  const { field, control } = parts(props);
  return (
    <Field {...field}>
      {(wired) => (
        <NativeSelect {...wired} {...control} className="w-full">
          {choices.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </NativeSelect>
      )}
    </Field>
  );
}

export function SwitchField(props: FieldOf<ComponentProps<typeof Switch>>) {
  const { field, control } = parts(props);
  return (
    <Field {...field} layout="inline">
      {(wired) => <Switch {...wired} {...control} />}
    </Field>
  );
}
