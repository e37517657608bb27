"use client";

import type { RowData } from "@tanstack/react-table";
import { Settings2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { LatePopup } from "@/components/ui/late-popup";
import type { ColumnsMenuProps, ColumnsPopup } from "./columns-popup";

const loadPopup = () => import("./columns-popup").then((module) => module.ColumnsPopup);

/** Which columns are drawn and how tall the rows are. */
export function ColumnsMenu<Row extends RowData>(props: ColumnsMenuProps<Row>) {
  return (
    <LatePopup
      opens="menu"
      load={loadPopup as () => Promise<typeof ColumnsPopup<Row>>}
      {...props}
      trigger={
        <Button variant="outline" size="sm">
          <Settings2 aria-hidden />
          Columns
        </Button>
      }
    />
  );
}
