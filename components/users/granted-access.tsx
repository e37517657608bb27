"use client";

import { SecretOnce } from "@/components/forms/secret-once";
import type { GrantedAccess } from "./user-actions";

/** The temporary password of a new user or of a reset, shown this once. */
export function GrantedAccessNote({ result }: { result: GrantedAccess }) {
  if (result.temporaryPassword === null) return null;
  return (
    <SecretOnce
      label={`Temporary password of ${result.username}`}
      secret={result.temporaryPassword}
      note="Share it securely. It won't be shown again. The user must change it at the first sign-in."
    />
  );
}
