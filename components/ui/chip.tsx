"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import type { ReactNode, Ref } from "react";
import { cn } from "./cn";

export interface ChipProps {
  /** What is filtered: "Site". */
  label: string;
  /** The value it is held to: "HO". */
  value?: ReactNode;
  /** One of the two takes the filter away; with both, the address is for other tabs. */
  onRemove?: () => void;
  removeHref?: string;
  /** Of what takes it away. */
  removeRef?: Ref<HTMLElement>;
  className?: string;
}

const removeClass =
  "grid size-6 place-items-center rounded-full text-muted-foreground hover:bg-accent hover:text-foreground";

export function Chip({ label, value, onRemove, removeHref, removeRef, className }: ChipProps) {
  const t = useTranslations("ui");
  const removeLabel =
    typeof value === "string" ? t("removeFilterValue", { label, value }) : t("removeFilter", { label });
  return (
    <span
      data-slot="chip"
      className={cn(
        "inline-flex min-h-7 max-w-full items-center gap-1 rounded-full border bg-card pe-0.5 ps-2.5 text-xs print:pe-2.5",
        className,
      )}
    >
      <span className="text-muted-foreground">{label}</span>
      {value != null && <span className="line-clamp-2 font-medium wrap-anywhere">{value}</span>}
      {removeHref && (
        <Link
          ref={removeRef as Ref<HTMLAnchorElement>}
          href={removeHref}
          onStep={onRemove}
          scroll={false}
          aria-label={removeLabel}
          data-print="hide"
          className={removeClass}
        >
          <X aria-hidden className="size-3.5" />
        </Link>
      )}
      {onRemove && !removeHref && (
        <button
          ref={removeRef as Ref<HTMLButtonElement>}
          type="button"
          onClick={onRemove}
          aria-label={removeLabel}
          data-print="hide"
          className={removeClass}
        >
          <X aria-hidden className="size-3.5" />
        </button>
      )}
    </span>
  );
}
