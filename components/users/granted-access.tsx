"use client";

import { useTranslations } from "next-intl";
import { SecretOnce } from "@/components/forms/secret-once";
import type { GrantedAccess } from "./user-actions";

/** The temporary password of a new user or of a reset, shown this once. */
export function GrantedAccessNote({ result }: { result: GrantedAccess }) {
  const t = useTranslations("users");
  if (result.temporaryPassword === null) return null;
  return (
    <SecretOnce
      label={t("temporaryPasswordOf", { username: result.username })}
      secret={result.temporaryPassword}
      note={t("temporaryPasswordNote")}
    />
  );
}
