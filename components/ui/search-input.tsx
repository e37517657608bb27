"use client";

import { Search, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ComponentProps, type CSSProperties, useRef } from "react";
import { cn } from "./cn";
import { Input } from "./input";
import { Kbd } from "./kbd";

interface SearchInputProps extends Omit<
  ComponentProps<"input">,
  "type" | "onChange" | "value" | "defaultValue"
> {
  label: string;
  value: string;
  onValueChange: (value: string) => void;
  /** The field that the "/" key goes to; at most one on a page. */
  isPageSearch?: boolean;
}

export function SearchInput({
  label,
  value,
  onValueChange,
  isPageSearch,
  className,
  ...props
}: SearchInputProps) {
  const t = useTranslations("ui");
  const ref = useRef<HTMLInputElement>(null);
  return (
    <div
      data-stays={isPageSearch ? "" : undefined}
      // As wide as the label that it shows while it is empty.
      style={{ "--letters": (props.placeholder ?? label).length } as CSSProperties}
      className={cn(
        "relative w-full text-sm sm:w-[max(16rem,calc(var(--letters)*0.92ch+4.25rem))] sm:max-w-full",
        className,
      )}
    >
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 start-2.5 size-4 -translate-y-1/2 text-muted-foreground"
      />
      <Input
        {...props}
        ref={ref}
        type="search"
        aria-label={label}
        placeholder={props.placeholder ?? label}
        value={value}
        onChange={(event) => onValueChange(event.target.value)}
        onKeyDown={(event) => {
          props.onKeyDown?.(event);
          if (event.key === "Escape" && value !== "") {
            event.preventDefault();
            onValueChange("");
          }
        }}
        data-page-search={isPageSearch ? "" : undefined}
        aria-keyshortcuts={isPageSearch ? "/" : undefined}
        className="pe-9 ps-8 [&::-webkit-search-cancel-button]:hidden"
      />
      {value !== "" ? (
        <button
          type="button"
          aria-label={t("clearSearch")}
          onClick={() => {
            onValueChange("");
            ref.current?.focus();
          }}
          className="absolute top-1/2 end-1.5 grid size-6 -translate-y-1/2 place-items-center rounded-sm text-muted-foreground hover:text-foreground"
        >
          <X aria-hidden className="size-4" />
        </button>
      ) : (
        isPageSearch && <Kbd className="absolute top-1/2 end-2 hidden -translate-y-1/2 md:inline-flex">/</Kbd>
      )}
    </div>
  );
}
