import type { getTranslations } from "next-intl/server";
import type { PaletteResult } from "@/lib/domain/nav-model";
import type { FoundAccountOrComputer } from "@/lib/services/events/find-names";
import type { NamedKey } from "@/lib/services/sites/find-named-keys";
import type { CompanyView } from "./guards";

/** What the palette lists for found names: a link to the page of each, and the company where several are in view. */
export function paletteResults(view: CompanyView, found: readonly FoundAccountOrComputer[]): PaletteResult[] {
  return found.map(({ type, companyId, id, name }) => {
    const company = view.company ? undefined : view.access.companies.find((known) => known.id === companyId);
    return { type, id, label: name, href: `/${companyId}/${type}s/${id}`, hint: company?.name };
  });
}

/** The words of the palette's lines about keys, without those that name one. */
export function keyVerbs(t: Awaited<ReturnType<typeof getTranslations<"nav">>>): string[] {
  return [t("disableKey", { name: "" }), t("enableKey", { name: "" })]
    .flatMap((line) => line.split(/\s+/))
    .filter(Boolean);
}

/** Each key with what is usually wanted of it in a hurry: a link to its row, which holds the button. */
export function paletteKeys(
  t: Awaited<ReturnType<typeof getTranslations<"nav">>>,
  view: CompanyView,
  keys: readonly NamedKey[],
): PaletteResult[] {
  return keys.map(({ companyId, id, description, siteName, isActive }) => {
    const name = description ?? String(id);
    const company = view.company ? undefined : view.access.companies.find((known) => known.id === companyId);
    return {
      type: "key",
      id,
      label: isActive ? t("disableKey", { name }) : t("enableKey", { name }),
      href: `/${companyId}/sites#key-${id}`,
      hint: company ? t("keyPlace", { company: company.name, site: siteName }) : siteName,
    };
  });
}
