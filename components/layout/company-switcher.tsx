"use client";

import { Building2, Check, ChevronsUpDown, Layers } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { useState } from "react";
import { cn } from "@/components/ui/cn";
import {
  Command,
  CommandEmpty,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
} from "@/components/ui/command";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { leaveBy } from "@/components/ui/leaving";
import { switchCompanyHref } from "./company-path";
import { ALL_COMPANIES } from "@/lib/domain/nav-model";
import { useShell } from "./shell-context";

/** Leads to the same page of another company. A person with one company sees its name and nothing to press. */
export function CompanySwitcher({
  isCollapsed = false,
  onNavigate,
}: {
  isCollapsed?: boolean;
  onNavigate?: () => void;
}) {
  const { companies, companyId, companyName } = useShell();
  const [isOpen, setIsOpen] = useState(false);
  const Icon = companyId === ALL_COMPANIES ? Layers : Building2;

  if (companies.length <= 1) {
    return (
      <p title={companyName} className="flex h-9 min-w-0 items-center gap-2 px-2.5 text-sm font-medium">
        <Icon aria-hidden className="size-4 shrink-0 text-muted-foreground" />
        <span className={cn("truncate", isCollapsed && "sr-only")}>{companyName}</span>
      </p>
    );
  }
  return (
    <Popover open={isOpen} onOpenChange={setIsOpen}>
      <PopoverTrigger
        aria-label={`Company: ${companyName}. Switch company`}
        title={isCollapsed ? companyName : undefined}
        className={cn(
          "flex h-9 w-full min-w-0 items-center gap-2 rounded-md border bg-background px-2.5 text-sm font-medium hover:bg-sidebar-accent",
          isCollapsed && "justify-center px-0",
        )}
      >
        <Icon aria-hidden className="size-4 shrink-0 text-muted-foreground" />
        {!isCollapsed && (
          <>
            <span className="truncate">{companyName}</span>
            <ChevronsUpDown aria-hidden className="ml-auto size-4 shrink-0 text-muted-foreground" />
          </>
        )}
      </PopoverTrigger>
      <PopoverContent aria-label="Switch company" className="w-64 p-0">
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
  const { companies, companyId, pathCompany } = useShell();
  const pathname = usePathname();
  const router = useRouter();
  const choices = [{ id: ALL_COMPANIES, name: "All companies" }, ...companies];
  return (
    <Command label="Companies" defaultValue={companyId}>
      <CommandInput placeholder="Find a company" aria-label="Find a company" />
      <CommandList>
        <CommandEmpty>No company of that name</CommandEmpty>
        <CommandGroup>
          {choices.map((company) => {
            const Icon = company.id === ALL_COMPANIES ? Layers : Building2;
            return (
              <CommandItem
                key={company.id}
                value={company.id}
                keywords={[company.name]}
                onSelect={() => {
                  leaveBy(() => router.push(switchCompanyHref(pathname, pathCompany, company.id)));
                  onSelect();
                }}
              >
                <Icon aria-hidden />
                <span className="truncate">{company.name}</span>
                {company.id === companyId && (
                  <>
                    <Check aria-hidden className="ml-auto" />
                    <span className="sr-only">(in view)</span>
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
