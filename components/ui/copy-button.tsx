"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { type MouseEvent, useEffect, useState } from "react";
import { Button, type ButtonProps } from "./button";
import { toast } from "./toast";

interface CopyButtonProps extends Omit<ButtonProps, "value" | "onClick" | "children" | "asChild"> {
  value: string;
  /** What is copied, for the button's name: "Copy API key". */
  label: string;
  /** Shows the words beside the icon. */
  hasText?: boolean;
}

export function CopyButton({ value, label, hasText, variant = "ghost", size, ...props }: CopyButtonProps) {
  const t = useTranslations("ui");
  const [isCopied, setIsCopied] = useState(false);

  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [isCopied]);

  async function copy({ currentTarget }: MouseEvent<HTMLButtonElement>) {
    const isDone = await copyText(value, currentTarget);
    setIsCopied(isDone);
    if (!isDone) toast.error(t("copyFailed"));
  }

  const Icon = isCopied ? Check : Copy;
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
        {hasText && (isCopied ? t("copied") : label)}
      </Button>
      <output className="sr-only">{isCopied && t("copied")}</output>
    </>
  );
}

/** The clipboard API is missing on plain http, where the old way still works. */
async function copyText(text: string, button: HTMLButtonElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text, button);
  }
}

/** Copies what is selected in a field beside the button: a dialog takes the focus from anything outside of it. */
function copySelected(text: string, button: HTMLButtonElement): boolean {
  const area = document.createElement("textarea");
  area.value = text;
  area.readOnly = true;
  area.style.position = "fixed";
  area.style.opacity = "0";
  button.after(area);
  area.focus({ preventScroll: true });
  area.select();
  const isDone = document.activeElement === area && document.execCommand("copy");
  button.focus({ preventScroll: true });
  area.remove();
  return isDone;
}
