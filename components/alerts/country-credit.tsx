import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

const linkTo = (href: string) => (words: ReactNode) => (
  <a href={href} className="text-link underline">
    {words}
  </a>
);

/** The attribution that the license of the file of countries asks for. */
export function CountryCredit() {
  const t = useTranslations("ruleScreens");
  return t.rich("countryCredit", {
    project: linkTo("https://github.com/sapics/ip-location-db"),
    source: linkTo("https://www.nro.net/"),
    license: linkTo("https://creativecommons.org/licenses/by/4.0/"),
  });
}
