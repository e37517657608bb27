"use client";

import { Building2, Layers, LoaderCircle, Monitor, User } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { useState } from "react";
import {
  CommandDialog,
  CommandEmpty,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
  CommandShortcut,
} from "@/components/ui/command";
import { resolveHref, switchCompanyHref } from "./company-path";
import { NavIcon } from "./nav-icon";
import { ALL_COMPANIES, type PaletteResult } from "./nav-model";
import { useShell } from "./shell-context";
import { type PaletteSearch, usePaletteSearch } from "./use-palette-search";

/** Pages, companies and, where a search is given, accounts and computers. Opened by Cmd/Ctrl-K. */
export function CommandPalette({ search }: { search?: PaletteSearch }) {
  const { companyId, isPaletteOpen, setIsPaletteOpen } = useShell();
  const [words, setWords] = useState("");
  const router = useRouter();
  const found = usePaletteSearch(search, words, companyId);

  function setOpen(isOpen: boolean) {
    setIsPaletteOpen(isOpen);
    if (!isOpen) setWords("");
  }
  function go(href: string) {
    setOpen(false);
    router.push(href);
  }

  const hint = search ? "Go to a page, company, account or computer" : "Go to a page or company";
  return (
    <CommandDialog open={isPaletteOpen} onOpenChange={setOpen} title="Command palette" description={hint}>
      <CommandInput placeholder={hint} aria-label={hint} value={words} onValueChange={setWords} />
      <CommandList>
        <CommandEmpty>{found.isSearching ? "Searching…" : "Nothing found"}</CommandEmpty>
        <PageItems onGo={go} />
        <FoundItems heading="Accounts" type="account" results={found.results} onGo={go} />
        <FoundItems heading="Computers" type="computer" results={found.results} onGo={go} />
        <CompanyItems onGo={go} />
      </CommandList>
      <output className="flex min-h-8 items-center gap-2 border-t px-3 text-xs text-muted-foreground">
        {found.isSearching && (
          <>
            <LoaderCircle aria-hidden className="size-3 animate-spin" /> Searching accounts and computers
          </>
        )}
        {found.hasFailed && "Accounts and computers could not be searched. Pages and companies still work."}
        {!found.isSearching && !found.hasFailed && "↑ ↓ to choose, Enter to open, Esc to close"}
      </output>
    </CommandDialog>
  );
}

function PageItems({ onGo }: { onGo: (href: string) => void }) {
  const { nav, companyId } = useShell();
  return (
    <CommandGroup heading="Pages">
      {nav.flatMap((group) =>
        group.items.map((item) => (
          <CommandItem
            key={item.href}
            value={item.href}
            keywords={[item.title, group.label ?? "", ...(item.keywords ?? [])]}
            onSelect={() => onGo(resolveHref(item.href, companyId))}
          >
            <NavIcon name={item.icon} />
            {item.title}
          </CommandItem>
        )),
      )}
    </CommandGroup>
  );
}

function CompanyItems({ onGo }: { onGo: (href: string) => void }) {
  const { companies, companyId, pathCompany } = useShell();
  const pathname = usePathname();
  if (companies.length <= 1) return null;
  return (
    <CommandGroup heading="Companies">
      {[{ id: ALL_COMPANIES, name: "All companies" }, ...companies].map((company) => (
        <CommandItem
          key={company.id}
          value={`company:${company.id}`}
          keywords={[company.name]}
          onSelect={() => onGo(switchCompanyHref(pathname, pathCompany, company.id))}
        >
          {company.id === ALL_COMPANIES ? <Layers aria-hidden /> : <Building2 aria-hidden />}
          <span className="truncate">{company.name}</span>
          {company.id === companyId && <CommandShortcut>in view</CommandShortcut>}
        </CommandItem>
      ))}
    </CommandGroup>
  );
}

interface FoundItemsProps {
  heading: string;
  type: PaletteResult["type"];
  results: readonly PaletteResult[];
  onGo: (href: string) => void;
}

function FoundItems({ heading, type, results, onGo }: FoundItemsProps) {
  const ofType = results.filter((result) => result.type === type);
  if (ofType.length === 0) return null;
  const Icon = type === "account" ? User : Monitor;
  return (
    // The server has matched already: forceMount keeps the palette's own filter from hiding its answers.
    <CommandGroup heading={heading} forceMount>
      {ofType.map((result) => (
        <CommandItem
          forceMount
          key={result.href}
          value={`${type} ${result.label} ${result.href}`}
          onSelect={() => onGo(result.href)}
        >
          <Icon aria-hidden />
          <span className="truncate">{result.label}</span>
          {result.hint && <CommandShortcut className="truncate">{result.hint}</CommandShortcut>}
        </CommandItem>
      ))}
    </CommandGroup>
  );
}
