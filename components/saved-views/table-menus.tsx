import { ExportMenu } from "@/components/exports/export-menu";
import type { ExportAsk } from "@/lib/domain/reports/table-address";
import { SaveView } from "./save-view";

/** What can be done with a table as its filters select it: keep it as a view, take it away as a file, print it. */
export function TableMenus({ companyRef, ...view }: ExportAsk) {
  return (
    <>
      <SaveView {...view} />
      <ExportMenu companyRef={companyRef} {...view} />
    </>
  );
}
