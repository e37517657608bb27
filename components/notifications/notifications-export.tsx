import { ExportMenu } from "@/components/exports/export-menu";
import type { ExportAsk } from "@/lib/domain/reports/table-address";
import type { NotificationOwner } from "./notification-actions";

/** A company's list as a file; the read API, where files come from, has none of the portal's own. */
export function NotificationsExport({
  owner: { companyId },
  ...ask
}: Omit<ExportAsk, "companyRef"> & { owner: NotificationOwner }) {
  return companyId !== null && <ExportMenu companyRef={String(companyId)} {...ask} />;
}
