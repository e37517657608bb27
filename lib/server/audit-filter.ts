import { AUDIT_AREAS, AUDIT_OUTCOMES } from "@/lib/domain/audit-areas";
import type { AuditFilter } from "@/lib/services/audit/read-audit";
import { choiceParam, dateRangeParams, idParam, textParam, type SearchParams } from "./search-params";

/** The filter of an audit trail, as its address says it; days are those of the zone. */
export function auditFilterOf(params: SearchParams, timeZone: string): AuditFilter {
  return {
    search: textParam(params, "q"),
    area: choiceParam(params, "area", AUDIT_AREAS),
    outcome: choiceParam(params, "outcome", AUDIT_OUTCOMES),
    companyId: idParam(params, "company"),
    ...dateRangeParams(params, timeZone),
  };
}

/** The sequence number that a page begins behind; null for the first page. */
export function auditCursorOf(params: SearchParams): number | null {
  const text = textParam(params, "after");
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}
