"use client";

import { ExportMenu } from "@/components/exports/export-menu";
import { useExportQuery } from "@/components/lists/use-list-url";
import { SaveView } from "@/components/saved-views/save-view";
import { fixedMoment } from "./fixed-moment";

interface MomentMenusProps {
  companyRef: string;
  /** Epoch milliseconds. */
  at: number;
  zone: string;
  ignored: readonly string[];
}

/** A view without a moment asks about the time when it is opened; a file is of the moment that is shown. */
export function MomentMenus({ companyRef, at, zone, ignored }: MomentMenusProps) {
  const query = useExportQuery(ignored);
  return (
    <>
      <SaveView report="who-was-on" query={query} />
      <ExportMenu report="who-was-on" companyRef={companyRef} query={fixedMoment(query, at, zone)} />
    </>
  );
}
