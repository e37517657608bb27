"use client";

import type { RowData } from "@tanstack/react-table";
import { ArrowDownUp } from "lucide-react";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { DataTableColumn, TableSort } from "./column";
import type { SortProps } from "./sort-header";

/** On a phone there are no headers to press, so the orders stand in a menu. */
export function PhoneSort<Row extends RowData>({
  columns,
  sort,
  sortHref,
  onSortChange,
}: SortProps & { columns: readonly DataTableColumn<Row>[] }) {
  const router = useRouter();
  const sortable = columns.filter((column) => column.firstSort);
  if (sortable.length === 0 || (!sortHref && !onSortChange)) return null;

  function choose(next: TableSort) {
    if (sortHref) router.push(sortHref(next), { scroll: false });
    else onSortChange?.(next);
  }
  const choices = sortable.flatMap((column) =>
    (["asc", "desc"] as const).map((direction) => ({ columnId: column.id, direction, label: column.header })),
  );
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="outline" size="sm" className="md:hidden">
          <ArrowDownUp aria-hidden />
          Sort
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuRadioGroup
          value={sort ? `${sort.columnId} ${sort.direction}` : ""}
          onValueChange={(value) => {
            const choice = choices.find(({ columnId, direction }) => `${columnId} ${direction}` === value);
            if (choice) choose({ columnId: choice.columnId, direction: choice.direction });
          }}
        >
          {choices.map(({ columnId, direction, label }) => (
            <DropdownMenuRadioItem key={`${columnId} ${direction}`} value={`${columnId} ${direction}`}>
              {label}, {direction === "asc" ? "ascending" : "descending"}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
