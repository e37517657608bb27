"use client";

import { FileText, Printer } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { LatePopupProps } from "@/components/ui/late-popup";
import {
  fileAddress,
  FILE_FORMATS,
  MOST_PDF_ROWS,
  ownFileAddress,
  printAddress,
  type ExportAsk,
  type OwnExportAsk,
  type FileFormat,
} from "@/lib/domain/reports/table-address";
import { ExportLink } from "./export-link";

const FORMATS = Object.entries(FILE_FORMATS) as [FileFormat, string][];

function addressOf(ask: ExportAsk | OwnExportAsk, format: FileFormat): string {
  return "path" in ask ? ownFileAddress(ask, format) : fileAddress(ask, format);
}

/** Each entry is a link, so that it opens in another tab. Drawn by ExportMenu. */
export function ExportPopup({ trigger, ...ask }: (ExportAsk | OwnExportAsk) & LatePopupProps) {
  const t = useTranslations("exports");
  const [isOpen, setIsOpen] = useState(true);
  return (
    <DropdownMenu open={isOpen} onOpenChange={setIsOpen}>
      <DropdownMenuTrigger asChild>{trigger}</DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {FORMATS.map(([format, label]) => (
          <DropdownMenuItem key={format} asChild>
            <ExportLink href={addressOf(ask, format)} format={label} onStart={() => setIsOpen(false)}>
              <FileText aria-hidden />
              {label}
              {format === "pdf" && (
                <span className="ms-auto ps-4 text-xs text-muted-foreground">
                  {t("upTo", { count: MOST_PDF_ROWS })}
                </span>
              )}
            </ExportLink>
          </DropdownMenuItem>
        ))}
        {!("path" in ask) && (
          <>
            <DropdownMenuSeparator />
            <DropdownMenuItem asChild>
              <a href={printAddress(ask)} target="_blank" rel="noreferrer">
                <Printer aria-hidden />
                {t("printView")}
              </a>
            </DropdownMenuItem>
          </>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
