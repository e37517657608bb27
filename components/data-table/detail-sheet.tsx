"use client";

import { useTranslations } from "next-intl";
import type { RowData } from "@tanstack/react-table";
import { ChevronDown, ChevronUp } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import {
  Sheet,
  SheetBody,
  SheetContent,
  SheetDescription,
  SheetFooter,
  SheetHeader,
  SheetTitle,
} from "@/components/ui/sheet";

export interface TableDetail<Row extends RowData> {
  title: (row: Row) => ReactNode;
  description?: (row: Row) => ReactNode;
  render: (row: Row) => ReactNode;
  /** Links or buttons at the foot. */
  footer?: (row: Row) => ReactNode;
}

interface DetailSheetProps<Row extends RowData> {
  detail: TableDetail<Row>;
  /** Null: closed. */
  row: Row | null;
  onClose: () => void;
  /** Absent at either end of the page. */
  onPrevious?: () => void;
  onNext?: () => void;
  /** Gives the focus back to the row when the sheet closes. */
  onCloseFocus: () => void;
}

/** Everything about one row, with steps to its neighbours. */
export function DetailSheet<Row extends RowData>(props: DetailSheetProps<Row>) {
  const t = useTranslations("lists");
  const { detail, row, onClose, onPrevious, onNext, onCloseFocus } = props;
  const steps = [
    { label: t("previousRow"), go: onPrevious, Icon: ChevronUp },
    { label: t("nextRow"), go: onNext, Icon: ChevronDown },
  ];
  return (
    <Sheet open={row !== null} onOpenChange={(isOpen) => !isOpen && onClose()}>
      {row !== null && (
        <SheetContent
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            onCloseFocus();
          }}
        >
          <SheetHeader>
            <SheetTitle className="pe-16 wrap-anywhere">{detail.title(row)}</SheetTitle>
            <SheetDescription
              asChild={Boolean(detail.description)}
              className={detail.description ? undefined : "sr-only"}
            >
              {detail.description ? <div>{detail.description(row)}</div> : t("rowDetails")}
            </SheetDescription>
            <div className="absolute top-3 end-11 flex">
              {steps.map(({ label, go, Icon }) => (
                <Button
                  key={label}
                  variant="ghost"
                  size="icon-sm"
                  className="size-7"
                  aria-label={label}
                  disabled={!go}
                  onClick={go}
                >
                  <Icon aria-hidden />
                </Button>
              ))}
            </div>
          </SheetHeader>
          <SheetBody>{detail.render(row)}</SheetBody>
          {detail.footer && <SheetFooter>{detail.footer(row)}</SheetFooter>}
        </SheetContent>
      )}
    </Sheet>
  );
}
