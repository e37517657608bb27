"use client";

import { Download, FileText, Printer } from "lucide-react";
import { useState, type MouseEvent } from "react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import {
  fileAddress,
  FILE_FORMATS,
  MOST_PDF_ROWS,
  printAddress,
  type ExportAsk,
  type FileFormat,
} from "@/lib/domain/reports/table-address";
import { useExport } from "./use-export";

const FORMATS = Object.entries(FILE_FORMATS) as [FileFormat, string][];

/**
 * Everything the screen's filters select as a file or for printing, all rows and not only the page.
 *
 * Each entry is a link, so that it works where the page's script does not reach it, and opens in another tab.
 */
export function ExportMenu({
  label,
  ...ask
}: ExportAsk & { /** Says what, where a page has several. */ label?: string }) {
  const [isOpen, setIsOpen] = useState(false);
  const startExport = useExport();
  const choose = (event: MouseEvent, address: string, label: string) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    setIsOpen(false);
    startExport(address, label);
  };
  return (
    <DropdownMenu open={isOpen} onOpenChange={setIsOpen}>
      <DropdownMenuTrigger asChild>
        <Button variant="outline" size="sm" aria-label={label}>
          <Download aria-hidden />
          Export
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {FORMATS.map(([format, label]) => {
          const address = fileAddress(ask, format);
          return (
            <DropdownMenuItem key={format} asChild>
              <a href={address} download onClick={(event) => choose(event, address, label)}>
                <FileText aria-hidden />
                {label}
                {format === "pdf" && (
                  <span className="ml-auto pl-4 text-xs text-muted-foreground">
                    Up to {MOST_PDF_ROWS.toLocaleString("en")} rows
                  </span>
                )}
              </a>
            </DropdownMenuItem>
          );
        })}
        <DropdownMenuSeparator />
        <DropdownMenuItem asChild>
          <a href={printAddress(ask)} target="_blank" rel="noreferrer">
            <Printer aria-hidden />
            Print view
          </a>
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
