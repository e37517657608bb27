import type { ReactNode } from "react";
import type { ReportRange } from "@/lib/domain/reports/report-range";
import { ListSearch, ListSelect, type ListFilter } from "./list-filters";
import { ListRange } from "./list-range";
import type { ListUrl } from "./use-list-url";

interface ReportToolbarProps {
  url: ListUrl;
  /** Of the search. */
  label: string;
  /** A second search. */
  beside?: ReactNode;
  /** Absent where the report isn't of a range of days. */
  days?: { zone: string; range: ReportRange };
  /** Without choices where one company is in view. */
  companyFilter: ListFilter;
  siteFilter: ListFilter;
  /** How the report is put together. */
  children?: ReactNode;
}

/** What the toolbar of one report is given. */
export type ToolbarProps<Query> = Pick<
  ReportToolbarProps,
  "url" | "days" | "companyFilter" | "siteFilter"
> & { query: Query };

/** What is asked of every report: whom, when and where; a single site is no choice. */
export function ReportToolbar({
  url,
  label,
  beside,
  days,
  companyFilter,
  siteFilter,
  children,
}: ReportToolbarProps) {
  return (
    <>
      <ListSearch url={url} label={label} />
      {beside}
      {days && <ListRange url={url} zone={days.zone} range={days.range} />}
      {companyFilter.choices.length > 0 && <ListSelect url={url} filter={companyFilter} />}
      {siteFilter.choices.length > 1 && <ListSelect url={url} filter={siteFilter} />}
      {children}
    </>
  );
}
