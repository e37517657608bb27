"use client";

import { ChevronsUpDown, LoaderCircle, Monitor, User } from "lucide-react";
import { useState } from "react";
import type { PaletteResult } from "@/lib/domain/nav-model";
import { usePaletteSearch } from "@/components/layout/use-palette-search";
import { Button } from "@/components/ui/button";
import {
  Command,
  CommandEmpty,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
  CommandShortcut,
} from "@/components/ui/command";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";

interface SubjectPickerProps {
  companyRef: string;
  /** What is chosen, in words; null for nothing yet. */
  chosen: string | null;
  onChoose: (subject: Pick<PaletteResult, "type" | "id">) => void;
}

const GROUPS = [
  { type: "computer", heading: "Computers", Icon: Monitor },
  { type: "account", heading: "Accounts", Icon: User },
] as const;

/** Finds a computer or an account by part of its name, as the palette does. */
export function SubjectPicker({ companyRef, chosen, onChoose }: SubjectPickerProps) {
  const [isOpen, setIsOpen] = useState(false);
  const [words, setWords] = useState("");
  const found = usePaletteSearch("/api/search", words, companyRef);
  const hint = "Part of the name of a computer or account";
  const choose = (result: PaletteResult) => {
    setIsOpen(false);
    setWords("");
    onChoose(result);
  };
  return (
    <Popover open={isOpen} onOpenChange={setIsOpen}>
      <PopoverTrigger asChild>
        <Button
          type="button"
          variant="outline"
          aria-label={chosen === null ? undefined : `Computer or account: ${chosen}`}
          className="max-w-full min-w-56 justify-between font-normal"
        >
          <span className="truncate">{chosen ?? "Choose a computer or account"}</span>
          <ChevronsUpDown aria-hidden className="text-muted-foreground" />
        </Button>
      </PopoverTrigger>
      <PopoverContent aria-label="Choose a computer or account" className="w-80 p-0">
        <Command label="Computers and accounts" shouldFilter={false}>
          <CommandInput placeholder={hint} aria-label={hint} value={words} onValueChange={setWords} />
          <CommandList>
            <CommandEmpty>{emptyWords(words, found)}</CommandEmpty>
            {GROUPS.map((group) => (
              <FoundGroup key={group.type} {...group} results={found.results} onChoose={choose} />
            ))}
          </CommandList>
          <output className="sr-only">
            {!found.isSearching && words.trim().length >= 2 && `${found.results.length} found`}
          </output>
        </Command>
      </PopoverContent>
    </Popover>
  );
}

function emptyWords(words: string, { isSearching, hasFailed }: ReturnType<typeof usePaletteSearch>) {
  if (words.trim().length < 2) return "Type two letters or more";
  if (isSearching) {
    return (
      <span className="inline-flex items-center gap-2">
        <LoaderCircle aria-hidden className="size-3 animate-spin" /> Searching
      </span>
    );
  }
  return hasFailed
    ? "The search did not answer. Try again."
    : "No computer and no account has this in its name";
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
