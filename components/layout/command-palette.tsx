"use client";

import { Building2, KeyRound, Layers, LoaderCircle, Monitor, User } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import {
  CommandDialog,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
  CommandShortcut,
  matchWords,
} from "@/components/ui/command";
import { leaveBy } from "@/components/ui/leaving";
import { resolveHref } from "./company-path";
import { NavIcon } from "./nav-icon";
import { ALL_COMPANIES, type PaletteResult } from "@/lib/domain/nav-model";
import { useShell } from "./shell-context";
import { usePaletteSearch } from "./use-palette-search";

interface Entry {
  id: string;
  label: string;
  /** Said behind the label. */
  hint?: string;
  icon: ReactNode;
  href: string;
}

interface Group {
  heading: string;
  entries: readonly Entry[];
}

/** Pages, actions, companies, accounts, computers and keys. Opened by Cmd/Ctrl-K. */
export function CommandPalette() {
  const t = useTranslations("shell");
  const { companyId, isPaletteOpen, setIsPaletteOpen } = useShell();
  const [words, setWords] = useState("");
  const router = useRouter();
  const found = usePaletteSearch(words, companyId);
  const groups = useGroups(words, found.results);

  function setOpen(isOpen: boolean) {
    setIsPaletteOpen(isOpen);
    if (!isOpen) setWords("");
  }
  const hint = t("paletteHint");
  return (
    // What matches is decided here: the list then knows all it shows, chooses the first of it, and says "Nothing found"
    // of nothing else.
    <CommandDialog
      open={isPaletteOpen}
      onOpenChange={setOpen}
      title={t("palette")}
      description={hint}
      shouldFilter={false}
    >
      <CommandInput placeholder={hint} aria-label={hint} value={words} onValueChange={setWords} />
      <CommandList>
        {groups.length === 0 && (
          <p className="py-6 text-center text-sm text-muted-foreground">
            {found.isSearching ? t("searching") : t("nothingFound")}
          </p>
        )}
        {groups.map(({ heading, entries }) => (
          <CommandGroup key={heading} heading={heading}>
            {entries.map((entry) => (
              <CommandItem
                key={entry.id}
                value={entry.id}
                onSelect={() => {
                  setOpen(false);
                  leaveBy(() => router.push(entry.href));
                }}
              >
                {entry.icon}
                <span className="truncate">{entry.label}</span>
                {entry.hint && <CommandShortcut className="truncate">{entry.hint}</CommandShortcut>}
              </CommandItem>
            ))}
          </CommandGroup>
        ))}
      </CommandList>
      <output className="flex min-h-8 items-center gap-2 border-t px-3 text-xs text-muted-foreground">
        {found.isSearching && (
          <>
            <LoaderCircle aria-hidden className="size-3 animate-spin" /> {t("searchingNames")}
          </>
        )}
        {found.hasFailed && t("searchFailed")}
        {!found.isSearching && !found.hasFailed && t("paletteKeys")}
      </output>
    </CommandDialog>
  );
}

/** What the words find, group by group; groups without an entry are left out. */
function useGroups(words: string, results: readonly PaletteResult[]): Group[] {
  const t = useTranslations("shell");
  const pages = usePages();
  const companies = useCompanyEntries();
  const matching = (entries: readonly (Entry & { text: string })[]) =>
    entries.filter(({ text }) => matchWords(text, words) > 0);
  const groups: Group[] = [
    { heading: t("pages"), entries: matching(pages.pages) },
    // Actions are many, so they wait for words.
    { heading: t("actions"), entries: words.trim() === "" ? [] : matching(pages.actions) },
    { heading: t("accounts"), entries: foundEntries(results, "account") },
    { heading: t("computers"), entries: foundEntries(results, "computer") },
    { heading: t("keys"), entries: foundEntries(results, "key") },
    { heading: t("companies"), entries: matching(companies) },
  ];
  return groups.filter(({ entries }) => entries.length > 0);
}

function usePages() {
  const { nav, companyId } = useShell();
  const items = nav.flatMap((group) => group.items.map((item) => ({ item, group })));
  const pages = items.map(({ item, group }) => ({
    id: item.href,
    label: item.title,
    icon: <NavIcon name={item.icon} />,
    href: resolveHref(item.href, companyId),
    text: [item.title, group.label ?? "", ...(item.keywords ?? [])].join(" "),
  }));
  const actions = items.flatMap(({ item }) =>
    (item.actions ?? []).map((action) => ({
      id: `action:${action.href}`,
      label: action.title,
      icon: <NavIcon name={item.icon} />,
      href: resolveHref(action.href, companyId),
      text: action.title,
    })),
  );
  return { pages, actions };
}

function useCompanyEntries() {
  const t = useTranslations("shell");
  const { companies, companyId, switchHref } = useShell();
  if (companies.length <= 1) return [];
  return [{ id: ALL_COMPANIES, name: t("allCompanies") }, ...companies].map((company) => ({
    id: `company:${company.id}`,
    label: company.name,
    hint: company.id === companyId ? t("current") : undefined,
    icon: company.id === ALL_COMPANIES ? <Layers aria-hidden /> : <Building2 aria-hidden />,
    href: switchHref(company.id),
    text: company.name,
  }));
}

const FOUND_ICON = { account: User, computer: Monitor, key: KeyRound } as const;

function foundEntries(results: readonly PaletteResult[], type: PaletteResult["type"]): Entry[] {
  const Icon = FOUND_ICON[type];
  return results
    .filter((result) => result.type === type)
    .map(({ href, label, hint }) => ({
      id: `${type} ${href}`,
      label,
      hint,
      icon: <Icon aria-hidden />,
      href,
    }));
}
