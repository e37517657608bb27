import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { styled } from "./styled";

export const Card = styled(
  "section",
  "card",
  "flex min-w-0 flex-col gap-4 rounded-lg border bg-card py-4 text-card-foreground",
);

export const CardHeader = styled(
  "div",
  "card-header",
  "grid auto-rows-min grid-rows-[auto_auto] items-start gap-1 px-4 has-data-[slot=card-action]:grid-cols-[1fr_auto] max-[359px]:has-data-[slot=card-action]:grid-cols-1",
);

/** A heading of level 2 unless `level` says otherwise. */
export function CardTitle({
  className,
  level = 2,
  children,
  ...props
}: ComponentProps<"h2"> & { level?: 2 | 3 | 4 }) {
  const Heading = `h${level}` as const;
  return (
    <Heading data-slot="card-title" className={cn("text-sm leading-5 font-semibold", className)} {...props}>
      {children}
    </Heading>
  );
}

export const CardDescription = styled("p", "card-description", "text-sm text-muted-foreground");

export const CardAction = styled(
  "div",
  "card-action",
  // Without widths, so that cards can place it elsewhere on a phone.
  "col-start-2 row-span-2 row-start-1 self-start justify-self-end max-[359px]:col-start-1 max-[359px]:row-span-1 max-[359px]:row-start-auto max-[359px]:justify-self-start",
);

export const CardContent = styled("div", "card-content", "min-w-0 px-4");

interface TitledCardProps extends Omit<ComponentProps<typeof Card>, "title"> {
  title: ReactNode;
  description?: ReactNode;
  /** At the end of the heading. */
  action?: ReactNode;
  contentClassName?: string;
}

/** A whole card: its heading and what it holds. */
export function TitledCard({
  title,
  description,
  action,
  contentClassName,
  children,
  ...card
}: TitledCardProps) {
  return (
    <Card {...card}>
      <CardHeader>
        <CardTitle>{title}</CardTitle>
        {description && <CardDescription>{description}</CardDescription>}
        {action && <CardAction>{action}</CardAction>}
      </CardHeader>
      <CardContent className={contentClassName}>{children}</CardContent>
    </Card>
  );
}
