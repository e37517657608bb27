"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button, type ButtonProps } from "./button";

interface CopyButtonProps extends Omit<ButtonProps, "value" | "onClick" | "children" | "asChild"> {
  value: string;
  /** What is copied, for the button's name: "Copy API key". */
  label: string;
  /** Shows the words beside the icon. */
  hasText?: boolean;
}

export function CopyButton({ value, label, hasText, variant = "ghost", size, ...props }: CopyButtonProps) {
  const t = useTranslations("ui");
  const [outcome, setOutcome] = useState<"copied" | "failed" | null>(null);

  useEffect(() => {
    if (!outcome) return;
    const timer = setTimeout(() => setOutcome(null), 2000);
    return () => clearTimeout(timer);
  }, [outcome]);

  async function copy() {
    setOutcome((await copyText(value)) ? "copied" : "failed");
  }

  const Icon = outcome === "copied" ? Check : Copy;
  return (
    <>
      <Button
        {...props}
        variant={variant}
        size={size ?? (hasText ? "sm" : "icon-sm")}
        aria-label={hasText ? undefined : label}
        title={hasText ? undefined : label}
        onClick={copy}
      >
        <Icon aria-hidden />
        {hasText && (outcome === "copied" ? t("copied") : label)}
      </Button>
      <output className="sr-only">
        {outcome === "copied" && t("copied")}
        {outcome === "failed" && t("copyFailed")}
      </output>
    </>
  );
}

/** The clipboard API is missing on plain http, where the old way still works. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.style.position = "fixed";
    area.style.opacity = "0";
    document.body.append(area);
    area.select();
    const isDone = document.execCommand("copy");
    area.remove();
    return isDone;
  }
}
