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

export function TextField({
  name,
  label,
  description,
  errors,
  isRequired,
  className,
  ...input
}: CommonProps & Omit<ComponentProps<"input">, "name">) {
  return (
    <Field
      name={name}
      label={label}
      description={description}
      error={errors[name]}
      isRequired={isRequired}
      className={className}
    >
      {(control) => <Input {...control} {...input} name={name} />}
    </Field>
  );
}

/** A whole number. Typed as text, so that what was meant is what is sent. */
export function NumberField(props: ComponentProps<typeof TextField>) {
  return <TextField inputMode="numeric" autoComplete="off" maxLength={9} {...props} />;
}

export function TextAreaField({
  name,
  label,
  description,
  errors,
  className,
  ...area
}: CommonProps & Omit<ComponentProps<"textarea">, "name">) {
  return (
    <Field name={name} label={label} description={description} error={errors[name]} className={className}>
      {(control) => <Textarea {...control} {...area} name={name} />}
    </Field>
  );
}

export interface Choice {
  value: string;
  label: string;
}

export function SelectField({
  name,
  label,
  description,
  errors,
  choices,
  className,
  ...select
}: CommonProps & { choices: readonly Choice[] } & Omit<ComponentProps<"select">, "name">) {
  return (
    <Field name={name} label={label} description={description} error={errors[name]} className={className}>
      {(control) => (
        <NativeSelect {...control} {...select} name={name} className="w-full">
          {choices.map(({ value, label: text }) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </NativeSelect>
      )}
    </Field>
  );
}

export function SwitchField({
  name,
  label,
  description,
  errors,
  className,
  ...control
}: CommonProps & Omit<ComponentProps<typeof Switch>, "name">) {
  return (
    <Field
      name={name}
      label={label}
      description={description}
      error={errors[name]}
      layout="inline"
      className={className}
    >
      {(wired) => <Switch {...wired} {...control} name={name} />}
    </Field>
  );
}
