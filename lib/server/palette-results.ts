import type { PaletteResult } from "@/components/layout/nav-model";
import { DEFAULT_REQUEST, formatEventsRequest } from "@/lib/domain/events/filters";
import type { FoundAccountOrComputer } from "@/lib/services/events/find-names";
import type { CompanyView } from "./guards";

/** What the palette lists for found names: a link to their events of the last month, the company where several are in view. */
export function paletteResults(view: CompanyView, found: readonly FoundAccountOrComputer[]): PaletteResult[] {
  return found.map(({ type, companyId, id, name }) => {
    const one = type === "account" ? { accountId: id } : { computerId: id };
    const filters = { ...DEFAULT_REQUEST.filters, range: { preset: "30d" as const }, ...one };
    const company = view.company ? undefined : view.access.companies.find((known) => known.id === companyId);
    return {
      type,
      label: name,
      href: `/${companyId}/events?${formatEventsRequest({ ...DEFAULT_REQUEST, filters })}`,
      hint: company?.name,
    };
  });
}
