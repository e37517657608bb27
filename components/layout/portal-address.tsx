"use client";

import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { EXAMPLE_URL } from "./no-public-url";

const never = () => () => {};

/**
 * The portal's address in commands to copy: its public address, or where the browser has this page open if that isn't
 * set. The server doesn't know that, and never takes it from a request.
 */
export function usePortalAddress(publicUrl: string | null): string {
  const opened = useSyncExternalStore(
    never,
    () => window.location.origin,
    () => EXAMPLE_URL,
  );
  return publicUrl ?? opened;
}

/** Says which address the commands below it use, while the public one isn't set. */
export function PortalAddressNote({ publicUrl }: { publicUrl: string | null }) {
  const t = useTranslations("shell");
  if (publicUrl !== null) return null;
  return <p className="text-sm text-muted-foreground">{t("openedAddress")}</p>;
}
