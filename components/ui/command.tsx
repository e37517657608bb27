"use client";

import { Command as Primitive } from "cmdk";
import { Search } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle } from "./dialog";
import { styled } from "./styled";

export function Command({ className, ...props }: ComponentProps<typeof Primitive>) {
  return (
    <Primitive
      data-slot="command"
      filter={matchWords}
      className={cn(
        "flex h-full w-full flex-col overflow-hidden rounded-md bg-popover text-popover-foreground",
        className,
      )}
      {...props}
    />
  );
}

/**
 * Keeps what contains every typed word, in any order: easier to foresee than letters scattered over a name.
 * An item with keywords is judged by them, one without by its value.
 */
export function matchWords(value: string, search: string, keywords: string[] = []): number {
  const text = (keywords.length > 0 ? keywords.join(" ") : value).toLocaleLowerCase();
  return search
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
    ? 1
    : 0;
}

interface CommandDialogProps extends ComponentProps<typeof Dialog> {
  title: string;
  description: string;
  shouldFilter?: boolean;
}

export function CommandDialog({ title, description, shouldFilter, children, ...props }: CommandDialogProps) {
  return (
    <Dialog {...props}>
      <DialogContent hasClose={false} className="top-[20%] translate-y-0 gap-0 overflow-hidden p-0">
        <DialogHeader className="sr-only">
          <DialogTitle>{title}</DialogTitle>
          <DialogDescription>{description}</DialogDescription>
        </DialogHeader>
        <Command label={title} shouldFilter={shouldFilter}>
          {children}
        </Command>
      </DialogContent>
    </Dialog>
  );
}

export function CommandInput({ className, ...props }: ComponentProps<typeof Primitive.Input>) {
  return (
    <div data-slot="command-input-wrapper" className="flex h-11 items-center gap-2 border-b px-3">
      <Search aria-hidden className="size-4 shrink-0 text-muted-foreground" />
      <Primitive.Input
        data-slot="command-input"
        className={cn(
          "h-10 w-full bg-transparent text-base outline-hidden placeholder:text-muted-foreground disabled:opacity-50 md:text-sm",
          className,
        )}
        {...props}
      />
    </div>
  );
}

export const CommandList = styled(
  Primitive.List,
  "command-list",
  "max-h-80 scroll-py-1 overflow-x-hidden overflow-y-auto",
);

export function CommandEmpty(props: ComponentProps<typeof Primitive.Empty>) {
  return (
    <Primitive.Empty
      data-slot="command-empty"
      className="py-6 text-center text-sm text-muted-foreground"
      {...props}
    />
  );
}

export const CommandGroup = styled(
  Primitive.Group,
  "command-group",
  "overflow-hidden p-1 [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-muted-foreground",
);

export const CommandItem = styled(
  Primitive.Item,
  "command-item",
  "relative flex min-h-8 cursor-default items-center gap-2 rounded-sm px-2 py-1.5 text-sm outline-hidden select-none data-[disabled=true]:pointer-events-none data-[disabled=true]:opacity-50 data-[selected=true]:bg-accent data-[selected=true]:text-accent-foreground [&_svg]:pointer-events-none [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted-foreground",
);

export const CommandShortcut = styled("span", undefined, "ms-auto text-xs text-muted-foreground");
