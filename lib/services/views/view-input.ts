import { z } from "zod";
import { editOf } from "@/lib/domain/edit-input";
import { checkbox, lineText, rowId } from "@/lib/domain/form-input";
import { filterParams } from "@/lib/domain/reports/table-address";
import { issue } from "@/lib/domain/text";
import { isSavable } from "./savable-tables";

const viewName = lineText(100, issue("reports.viewNameMissing"));

export const newViewForm = z.object({
  name: viewName,
  table: z.string().refine(isSavable, issue("reports.viewNotSavable")),
  query: z
    .string()
    .max(2_000, issue("reports.viewTooLong"))
    .transform((query) => filterParams(query).toString()),
  columns: z
    .string()
    .max(2_000)
    .default("")
    .transform((ids) => [...new Set(ids.split(",").filter((id) => id !== ""))]),
  shared: checkbox,
});
export const viewChangeForm = editOf({ viewId: rowId }, { name: viewName, shared: checkbox });
export const viewRef = z.object({ viewId: rowId });
