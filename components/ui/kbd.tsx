import { styled } from "./styled";

export const Kbd = styled(
  "kbd",
  "kbd",
  "pointer-events-none inline-flex h-5 min-w-5 items-center justify-center rounded-sm border bg-muted px-1 font-sans text-xs font-medium text-muted-foreground select-none",
);
