"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { guardLeaving } from "@/components/ui/leaving";

/** The address of this portal that a plain press on a link leads to; null for any other press. */
function linkedPath(event: MouseEvent): string | null {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement) || link.target || link.hasAttribute("download")) return null;
  const { origin, pathname, search, hash } = new URL(link.href);
  if (origin !== window.location.origin) return null;
  const isThisPage = pathname === window.location.pathname && search === window.location.search;
  return isThisPage ? null : pathname + search + hash;
}

/** Asks before changes that are not saved are lost: by a link, by the palette, by closing or reloading the page. */
export function LeaveGuard({ isDirty }: { isDirty: boolean }) {
  const t = useTranslations("forms");
  const router = useRouter();
  const [leave, setLeave] = useState<{ go: () => void } | null>(null);
  const [isLeaving, setIsLeaving] = useState(false);
  const isOn = isDirty && !isLeaving;
  useEffect(() => {
    if (!isOn) return;
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    // On the window, ahead of the links themselves.
    const onClick = (event: MouseEvent) => {
      const path = linkedPath(event);
      if (path === null) return;
      event.preventDefault();
      event.stopPropagation();
      setLeave({ go: () => router.push(path) });
    };
    guardLeaving((go) => setLeave({ go }));
    window.addEventListener("beforeunload", onUnload);
    window.addEventListener("click", onClick, { capture: true });
    return () => {
      guardLeaving(null);
      window.removeEventListener("beforeunload", onUnload);
      window.removeEventListener("click", onClick, { capture: true });
    };
  }, [isOn, router]);
  return (
    <AlertDialog
      isOpen={leave !== null}
      onClose={() => setLeave(null)}
      title={t("leaveTitle")}
      cancel={t("stay")}
      confirm={t("leave")}
      onConfirm={() => {
        setIsLeaving(true);
        leave?.go();
      }}
    >
      {t("leaveNote")}
    </AlertDialog>
  );
}
