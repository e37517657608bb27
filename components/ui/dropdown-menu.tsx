"use client";

import { Check, Circle } from "lucide-react";
import * as Primitive from "radix-ui/dropdown-menu";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { menuItemClass, popupClass } from "./menu-classes";
import { styled } from "./styled";

export const DropdownMenuTrigger = Primitive.Trigger;
export const DropdownMenuRadioGroup = Primitive.RadioGroup;

/** Not modal: the page behind stays readable for everybody and scrolls. */
export function DropdownMenu(props: ComponentProps<typeof Primitive.Root>) {
  return <Primitive.Root modal={false} {...props} />;
}

export function DropdownMenuContent({
  className,
  sideOffset = 4,
  ...props
}: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Portal>
      <Primitive.Content
        data-slot="dropdown-menu-content"
        data-print="hide"
        sideOffset={sideOffset}
        collisionPadding={8}
        className={cn(
          popupClass,
          "max-h-(--radix-dropdown-menu-content-available-height) min-w-40",
          className,
        )}
        {...props}
      />
    </Primitive.Portal>
  );
}

type ItemProps = ComponentProps<typeof Primitive.Item> & { variant?: "default" | "destructive" };

export function DropdownMenuItem({ className, variant = "default", ...props }: ItemProps) {
  return (
    <Primitive.Item
      data-slot="dropdown-menu-item"
      className={cn(
        menuItemClass,
        variant === "destructive" &&
          "text-destructive-text focus:text-destructive-text [&_svg]:text-destructive-text!",
        className,
      )}
      {...props}
    />
  );
}

export function DropdownMenuCheckboxItem({
  className,
  children,
  ...props
}: ComponentProps<typeof Primitive.CheckboxItem>) {
  return (
    <Primitive.CheckboxItem className={cn(menuItemClass, "pe-3 ps-8", className)} {...props}>
      <span aria-hidden className="absolute start-2 grid size-4 place-items-center">
        <Primitive.ItemIndicator>
          <Check className="size-4 text-foreground" />
        </Primitive.ItemIndicator>
      </span>
      {children}
    </Primitive.CheckboxItem>
  );
}

export function DropdownMenuRadioItem({
  className,
  children,
  ...props
}: ComponentProps<typeof Primitive.RadioItem>) {
  return (
    <Primitive.RadioItem className={cn(menuItemClass, "pe-3 ps-8", className)} {...props}>
      <span aria-hidden className="absolute start-2 grid size-4 place-items-center">
        <Primitive.ItemIndicator>
          <Circle className="size-2 fill-current text-foreground" />
        </Primitive.ItemIndicator>
      </span>
      {children}
    </Primitive.RadioItem>
  );
}

export const DropdownMenuLabel = styled(
  Primitive.Label,
  undefined,
  "px-2 py-1.5 text-xs font-medium text-muted-foreground",
);

export const DropdownMenuSeparator = styled(Primitive.Separator, undefined, "-mx-1 my-1 h-px bg-border");
