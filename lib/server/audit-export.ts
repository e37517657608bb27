import type { NextRequest } from "next/server";
import { ianaZone } from "@/lib/domain/zones";
import { recordExport } from "@/lib/services/audit/record-export";
import { auditScopeOf, streamAudit, type AuditView } from "@/lib/services/audit/read-audit";
import { readSettings } from "@/lib/services/settings/read-settings";
import { auditFilterOf } from "./audit-filter";
import { auditFilterWords, auditRange, auditTable } from "./audit-table";
import type { SignedIn } from "./guards";
import { listFileResponse } from "./list-file";
import { isStillAllowed, whileAllowed } from "./still-allowed";

interface Trail {
  view: AuditView;
  /** Whose trail it is; null for several companies and for the whole. */
  company: { name: string } | null;
  /** The reader's or the company's; null for the portal's. */
  zone: string | null;
}

/** The trail under the filters of the address as a file. @throws AccessDenied; AppError as `listFileResponse`. */
export async function auditFileResponse(
  request: NextRequest,
  { view, company, zone: ownZone }: Trail,
  user: SignedIn,
): Promise<Response> {
  const scope = auditScopeOf(view);
  const needed = scope
    ? { action: "audit:read-company" as const }
    : { portalAction: "audit:read-all" as const };
  const isAllowed = () => isStillAllowed(user, { scope, ...needed, mayIdle: true });
  const zone = ianaZone(ownZone ?? (await readSettings()).timeZone);
  const given = Object.fromEntries(request.nextUrl.searchParams);
  const filter = auditFilterOf(given, zone);
  const range = auditRange(filter);
  const entries = whileAllowed(streamAudit(view, filter), isAllowed);
  return listFileResponse(request, user, {
    name: "audit",
    facts: {
      title: { key: "audit.title" },
      companyName: company?.name ?? null,
      range,
      filterWords: auditFilterWords(given, filter, user.access.companies),
      zone,
    },
    scope,
    table: (format, reader) => auditTable(entries, { format, zone, range, reader }),
    record: ({ format, query }) => recordExport(view, format, query),
    isAllowed,
  });
}
