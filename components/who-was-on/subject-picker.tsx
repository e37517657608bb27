"use client";

import { ChevronsUpDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { LatePopup } from "@/components/ui/late-popup";
import type { SubjectChoice } from "./subject-popup";

const loadPopup = () => import("./subject-popup").then((module) => module.SubjectPopup);

interface SubjectPickerProps extends SubjectChoice {
  /** What is chosen, in words; null for nothing yet. */
  chosen: string | null;
}

/** Finds a computer or an account by part of its name, as the palette does. */
export function SubjectPicker({ chosen, ...choice }: SubjectPickerProps) {
  const t = useTranslations("whoWasOn");
  return (
    <LatePopup
      opens="dialog"
      load={loadPopup}
      {...choice}
      trigger={
        <Button
          type="button"
          variant="outline"
          aria-label={chosen === null ? undefined : t("picked", { name: chosen })}
          className="h-auto min-h-9 max-w-full min-w-56 justify-between font-normal"
        >
          <span className={chosen === null ? "text-start whitespace-normal" : "truncate"}>
            {chosen ?? t("pick")}
          </span>
          <ChevronsUpDown aria-hidden className="text-muted-foreground" />
        </Button>
      }
    />
  );
}
