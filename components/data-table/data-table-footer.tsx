"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { NativeSelect } from "@/components/ui/native-select";
import { Pagination } from "@/components/ui/pagination";
import { CountLabel, type TableCount } from "./count-label";

export interface TablePager {
  /** Towards the first page; absent on it. `href`, which is for other tabs if there is `onClick` too. */
  previous?: { href?: string; onClick?: () => void };
  /** Towards the last page; absent on it. */
  next?: { href?: string; onClick?: () => void };
  /** The page's number from 1, and where it is known how many there are. */
  page?: number;
  pageCount?: number;
  /** In place of the number: the times the page reaches over. */
  position?: string;
  /** The list is by time, the newest first: "Newer" and "Older" in place of "Previous" and "Next". */
  isByTime?: boolean;
  pageSize?: number;
  pageSizes?: readonly number[];
  onPageSizeChange?: (pageSize: number) => void;
}

interface DataTableFooterProps {
  count?: TableCount | Promise<TableCount | null>;
  pager?: TablePager;
}

export function DataTableFooter({ count, pager }: DataTableFooterProps) {
  const t = useTranslations("lists");
  const id = useId();
  if (!count && !pager) return null;
  const { pageSize, pageSizes, onPageSizeChange, ...pages } = pager ?? {};
  return (
    <div data-print="hide" className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      {count && <CountLabel count={count} />}
      {pager && (
        <div className="ms-auto flex flex-wrap items-center justify-end gap-x-4 gap-y-2">
          {pageSize && pageSizes && onPageSizeChange && (
            <div className="flex items-center gap-2">
              <label htmlFor={id} className="text-sm whitespace-nowrap text-muted-foreground">
                {t("rowsPerPage")}
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
          <Pages {...pages} />
        </div>
      )}
    </div>
  );
}

function Pages({
  page,
  pageCount,
  isByTime,
  position,
  ...ways
}: Omit<TablePager, "pageSize" | "pageSizes" | "onPageSizeChange">) {
  const t = useTranslations("lists");
  const number = page && (pageCount ? t("pageOf", { page, pageCount }) : t("page", { page }));
  return (
    <Pagination
      {...ways}
      position={position ?? (number || undefined)}
      previousLabel={isByTime ? t("newer") : undefined}
      nextLabel={isByTime ? t("older") : undefined}
    />
  );
}
