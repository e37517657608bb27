"use client";

import { TextField } from "./fields";

/** Asks for the name of what is to be deleted, so that nobody deletes the wrong thing by habit. */
export function ConfirmName({ name, errors }: { name: string; errors: Record<string, string> }) {
  return (
    <TextField
      name="confirmedName"
      label={`Type ${name} to confirm`}
      errors={errors}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      isRequired
    />
  );
}
