"use client";

import { LoaderCircle, Monitor, User } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { PaletteResult } from "@/lib/domain/nav-model";
import { usePaletteSearch } from "@/components/layout/use-palette-search";
import {
  Command,
  CommandEmpty,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
  CommandShortcut,
} from "@/components/ui/command";
import type { LatePopupProps } from "@/components/ui/late-popup";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";

export interface SubjectChoice {
  companyRef: string;
  onChoose: (subject: Pick<PaletteResult, "type" | "id">) => void;
}

const GROUPS = [
  { type: "computer", words: "computers", Icon: Monitor },
  { type: "account", words: "accounts", Icon: User },
] as const;

/** A field and the computers and accounts that it finds. */
export function SubjectPopup({ companyRef, onChoose, trigger }: SubjectChoice & LatePopupProps) {
  const t = useTranslations("whoWasOn");
  const [isOpen, setIsOpen] = useState(true);
  const [words, setWords] = useState("");
  const found = usePaletteSearch(words, companyRef);
  const shown = found.results.filter((result) => GROUPS.some(({ type }) => type === result.type));
  const hint = t("pickHint");
  const choose = (result: PaletteResult) => {
    setIsOpen(false);
    setWords("");
    onChoose(result);
  };
  return (
    <Popover open={isOpen} onOpenChange={setIsOpen}>
      <PopoverTrigger asChild>{trigger}</PopoverTrigger>
      <PopoverContent aria-label={t("pick")} className="w-80 p-0">
        <Command label={t("computersAndAccounts")} shouldFilter={false}>
          <CommandInput placeholder={hint} aria-label={hint} value={words} onValueChange={setWords} />
          <CommandList>
            <CommandEmpty>
              <NothingFound words={words} found={found} />
            </CommandEmpty>
            {GROUPS.map(({ words: group, ...kind }) => (
              <FoundGroup key={kind.type} {...kind} heading={t(group)} results={shown} onChoose={choose} />
            ))}
          </CommandList>
          <output className="sr-only">
            {!found.isSearching && words.trim().length >= 2 && t("foundCount", { count: shown.length })}
          </output>
        </Command>
      </PopoverContent>
    </Popover>
  );
}

interface NothingFoundProps {
  words: string;
  found: ReturnType<typeof usePaletteSearch>;
}

function NothingFound({ words, found: { isSearching, hasFailed } }: NothingFoundProps) {
  const t = useTranslations("whoWasOn");
  if (words.trim().length < 2) return t("typeMore");
  if (isSearching) {
    return (
      <span className="inline-flex items-center gap-2">
        <LoaderCircle aria-hidden className="size-3 animate-spin" /> {t("searching")}
      </span>
    );
  }
  return t(hasFailed ? "searchFailed" : "nothingFound");
}

interface FoundGroupProps {
  type: PaletteResult["type"];
  heading: string;
  Icon: typeof Monitor;
  results: readonly PaletteResult[];
  onChoose: (result: PaletteResult) => void;
}

function FoundGroup({ type, heading, Icon, results, onChoose }: FoundGroupProps) {
  const ofType = results.filter((result) => result.type === type);
  if (ofType.length === 0) return null;
  return (
    <CommandGroup heading={heading}>
      {ofType.map((result) => (
        <CommandItem key={result.href} value={result.href} onSelect={() => onChoose(result)}>
          <Icon aria-hidden />
          <span className="truncate">{result.label}</span>
          {result.hint && <CommandShortcut className="truncate">{result.hint}</CommandShortcut>}
        </CommandItem>
      ))}
    </CommandGroup>
  );
}
