"use client";

import { useId } from "react";
import { NativeSelect } from "@/components/ui/native-select";
import { Pagination } from "@/components/ui/pagination";
import { CountLabel, type TableCount } from "./count-label";

export interface TablePager {
  /** Towards the first page; absent on it. `href` or `onClick`. */
  previous?: { href?: string; onClick?: () => void };
  /** Towards the last page; absent on it. */
  next?: { href?: string; onClick?: () => void };
  /** Where the page stands: "Page 2 of 14", or the times it reaches over. */
  position?: string;
  /** "Previous" and "Next" unless the order has better words. */
  previousLabel?: string;
  nextLabel?: string;
  pageSize?: number;
  pageSizes?: readonly number[];
  onPageSizeChange?: (pageSize: number) => void;
}

interface DataTableFooterProps {
  count?: TableCount | Promise<TableCount | null>;
  pager?: TablePager;
}

export function DataTableFooter({ count, pager }: DataTableFooterProps) {
  const id = useId();
  if (!count && !pager) return null;
  const { pageSize, pageSizes, onPageSizeChange, ...pages } = pager ?? {};
  return (
    <div data-print="hide" className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      {count && <CountLabel count={count} />}
      {pager && (
        <div className="ml-auto flex flex-wrap items-center justify-end gap-x-4 gap-y-2">
          {pageSize && pageSizes && onPageSizeChange && (
            <div className="flex items-center gap-2">
              <label htmlFor={id} className="text-sm whitespace-nowrap text-muted-foreground">
                Rows per page
              </label>
              <NativeSelect
                id={id}
                value={pageSize}
                onChange={(event) => onPageSizeChange(Number(event.target.value))}
                selectClassName="h-8"
              >
                {pageSizes.map((size) => (
                  <option key={size} value={size}>
                    {size}
                  </option>
                ))}
              </NativeSelect>
            </div>
          )}
          <Pagination {...pages} />
        </div>
      )}
    </div>
  );
}
