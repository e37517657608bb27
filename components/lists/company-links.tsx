"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { TextLink } from "@/components/ui/text-link";
import { SearchInput } from "@/components/ui/search-input";

interface CompanyLinksProps {
  page: string;
  companies: readonly { id: number; name: string }[];
}

/** From how many on looking for one takes longer than typing. */
const SEARCHED_FROM = 15;

/** The page of each company, with a field to find one where there are many. */
export function CompanyLinks({ page, companies }: CompanyLinksProps) {
  const t = useTranslations("shell");
  const [search, setSearch] = useState("");
  const text = search.trim().toLowerCase();
  const found = companies.filter(({ name }) => name.toLowerCase().includes(text));
  return (
    <div className="grid gap-2">
      {companies.length >= SEARCHED_FROM && (
        <SearchInput label={t("findCompany")} value={search} onValueChange={setSearch} isPageSearch />
      )}
      <ul className="grid">
        {found.map(({ id, name }) => (
          <li key={id} className="border-b last:border-0">
            <TextLink href={`/${id}/${page}`} className="block px-1 py-2.5 text-sm wrap-anywhere">
              <bdi>{name}</bdi>
            </TextLink>
          </li>
        ))}
      </ul>
      {found.length === 0 && <output className="text-sm text-muted-foreground">{t("noCompany")}</output>}
    </div>
  );
}
