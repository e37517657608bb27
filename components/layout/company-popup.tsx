"use client";

import { Building2, Check, Layers } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import {
  Command,
  CommandEmpty,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
} from "@/components/ui/command";
import type { LatePopupProps } from "@/components/ui/late-popup";
import { leaveBy } from "@/components/ui/leaving";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { ALL_COMPANIES } from "@/lib/domain/nav-model";
import { useShell } from "./shell-context";

/** The list of companies, with a field to find one. */
export function CompanyPopup({ trigger, onNavigate }: LatePopupProps & { onNavigate?: () => void }) {
  const t = useTranslations("shell");
  const [isOpen, setIsOpen] = useState(true);
  return (
    <Popover open={isOpen} onOpenChange={setIsOpen}>
      <PopoverTrigger asChild>{trigger}</PopoverTrigger>
      <PopoverContent aria-label={t("switchCompany")} className="w-64 p-0">
        <CompanyList
          onSelect={() => {
            setIsOpen(false);
            onNavigate?.();
          }}
        />
      </PopoverContent>
    </Popover>
  );
}

function CompanyList({ onSelect }: { onSelect: () => void }) {
  const t = useTranslations("shell");
  const { companies, companyId, switchHref } = useShell();
  const router = useRouter();
  const choices = [{ id: ALL_COMPANIES, name: t("allCompanies") }, ...companies];
  return (
    <Command label={t("companies")} defaultValue={companyId}>
      <CommandInput placeholder={t("findCompany")} aria-label={t("findCompany")} />
      <CommandList>
        <CommandEmpty>{t("noCompany")}</CommandEmpty>
        <CommandGroup>
          {choices.map((company) => {
            const Icon = company.id === ALL_COMPANIES ? Layers : Building2;
            return (
              <CommandItem
                key={company.id}
                value={company.id}
                keywords={[company.name]}
                onSelect={() => {
                  leaveBy(() => router.push(switchHref(company.id)));
                  onSelect();
                }}
              >
                <Icon aria-hidden />
                <span className="truncate">{company.name}</span>
                {company.id === companyId && (
                  <>
                    <Check aria-hidden className="ms-auto" />
                    <span className="sr-only">{t("currentMark")}</span>
                  </>
                )}
              </CommandItem>
            );
          })}
        </CommandGroup>
      </CommandList>
    </Command>
  );
}
